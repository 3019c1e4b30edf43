/** Does the simulation find bugs? Each of a list of deliberate ones must be caught. */
@NullMarked
package loteria.checks.mutants;

import org.jspecify.annotations.NullMarked;
