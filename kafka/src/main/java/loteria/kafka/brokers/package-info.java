/**
 * What is asked of the brokers, by clients whose settings keep bets safe; what the topics of a
 * lottery must be, and how they are made.
 */
@NullMarked
package loteria.kafka.brokers;

import org.jspecify.annotations.NullMarked;
