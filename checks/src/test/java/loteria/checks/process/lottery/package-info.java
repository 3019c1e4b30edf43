/**
 * The lottery as a whole, from the bets to the winners, as the exercises and the operator have it.
 */
@NullMarked
package loteria.checks.process.lottery;

import org.jspecify.annotations.NullMarked;
