/**
 * Centrals that share a lottery, as processes, over three real brokers: what the log has, whoever
 * is killed, frozen, told to end, or comes.
 */
@NullMarked
package loteria.checks.kafka;

import org.jspecify.annotations.NullMarked;
