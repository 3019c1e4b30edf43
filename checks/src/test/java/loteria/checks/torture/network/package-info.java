/**
 * What befalls the central's network, and who comes over it. {@code NetworkRound} has the lottery
 * of one round.
 */
@NullMarked
package loteria.checks.torture.network;

import org.jspecify.annotations.NullMarked;
