/**
 * What befalls centrals that share a lottery, and their brokers. {@code SharedRound} has the
 * lottery of one round.
 */
@NullMarked
package loteria.checks.torture.kafka;

import org.jspecify.annotations.NullMarked;
