/** The world of one central, which has the lottery to itself. */
@NullMarked
package loteria.checks.simulation.sole;

import org.jspecify.annotations.NullMarked;
