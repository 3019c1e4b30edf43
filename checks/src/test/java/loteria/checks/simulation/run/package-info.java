/**
 * What every run has: virtual time, chance, and notes of what was done, where it has come to, and
 * what must not be.
 */
@NullMarked
package loteria.checks.simulation.run;

import org.jspecify.annotations.NullMarked;
