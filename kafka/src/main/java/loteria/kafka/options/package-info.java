/**
 * Which lottery on which brokers, and how brokers may fail a program. No class of Kafka's client is
 * needed here.
 */
@NullMarked
package loteria.kafka.options;

import org.jspecify.annotations.NullMarked;
