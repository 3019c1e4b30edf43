/**
 * A central's program: who comes to it and who may not, its data directory, crashes, and its end.
 */
@NullMarked
package loteria.checks.process.central;

import org.jspecify.annotations.NullMarked;
