/**
 * A log that several centrals share, kept by Kafka's brokers. Each partition has a copy here, and
 * one central that owns it.
 */
@NullMarked
package loteria.kafka;

import org.jspecify.annotations.NullMarked;
