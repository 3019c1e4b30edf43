package loteria.kafka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import loteria.journal.FencedException;
import loteria.kafka.options.KafkaOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of what Kafka's clients throw. */
final class KafkaClientsTest {
  private static final KafkaOptions OPTIONS =
      new KafkaOptions("a:1", "navidad", null, Map.of("ssl.key.password", "sesamo"), false);

  static Stream<RuntimeException> fencing() {
    return Stream.of(
        new ProducerFencedException("newer"),
        new InvalidProducerEpochException("old epoch"),
        new InvalidTxnStateException("aborted for its age"),
        new InvalidPidMappingException("expired"),
        new KafkaException("wrapped", new ProducerFencedException("newer")));
  }

  @ParameterizedTest
  @MethodSource("fencing")
  void knowsWhatItIsToBeFenced(RuntimeException thrown) {
    assertThat(KafkaClients.failure(OPTIONS, "committing", thrown))
        .isInstanceOf(FencedException.class)
        .hasCause(thrown);
  }

  static Stream<RuntimeException> doubt() {
    return Stream.of(
        new TimeoutException("awaiting EndTxn"),
        new OutOfOrderSequenceException("lost"),
        new IllegalStateException("previous call timed out"));
  }

  @ParameterizedTest
  @MethodSource("doubt")
  void allElseIsDoubt(RuntimeException thrown) {
    assertThat(KafkaClients.failure(OPTIONS, "committing", thrown))
        .isNotInstanceOf(FencedException.class)
        .hasMessageStartingWith("committing: " + thrown.getClass().getSimpleName() + ": ");
  }

  @Test
  void saysTheCauseOfAllAndNoSecret() {
    KafkaException thrown =
        new KafkaException("Failed to construct", new IllegalArgumentException("sesamo is wrong"));

    assertThat(KafkaClients.failure(OPTIONS, "making a client", thrown))
        .hasMessage(
            "making a client: KafkaException: Failed to construct"
                + " (IllegalArgumentException: [hidden] is wrong)");
  }
}
