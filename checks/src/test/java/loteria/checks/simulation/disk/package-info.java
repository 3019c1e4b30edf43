/** A disk that does its worst, as a file system that Java's programs use by their own code. */
@NullMarked
package loteria.checks.simulation.disk;

import org.jspecify.annotations.NullMarked;
