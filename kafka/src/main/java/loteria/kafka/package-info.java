/** A log that several centrals share, kept by Kafka's brokers. */
@NullMarked
package loteria.kafka;

import org.jspecify.annotations.NullMarked;
