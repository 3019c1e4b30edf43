package loteria.kafka.brokers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.kafka.options.KafkaOptions;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The three brokers that {@code make test-kafka} has started for all tests with Kafka: its folder
 * is what the system property {@code kafka.cluster} says. A test that is run without is skipped.
 */
public final class Cluster {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Path directory;

  private Cluster(Path directory) {
    this.directory = directory;
  }

  /** The cluster, of which every broker serves. */
  public static Cluster running() {
    String directory = System.getProperty("kafka.cluster", "");
    assumeTrue(!directory.isEmpty(), "no cluster is started: make test-kafka starts one");
    return new Cluster(Path.of(directory));
  }

  /** Where it serves. */
  String brokers() throws IOException {
    return Files.readString(directory.resolve("addresses")).strip();
  }

  /** A lottery on it that no other test has. */
  public KafkaOptions lottery() throws IOException {
    return lottery(false);
  }

  KafkaOptions lottery(boolean unsafe) throws IOException {
    String name = "t%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet());
    return new KafkaOptions(brokers(), name, null, Map.of(), unsafe);
  }

  /** A client that is about to own a transactional id. */
  @SuppressWarnings("exports") // tests of this module alone use it, and that has the types
  public static Producer<byte[], byte[]> producer(KafkaOptions options, String transactionalId) {
    return new KafkaProducer<>(ClientSettings.producer(options, transactionalId));
  }

  /** Kills a broker as kill -9 does. */
  void kill(int broker) {
    control("kill", broker);
  }

  /** Starts a broker anew, and returns when it serves. */
  void restart(int broker) {
    control("restart", broker);
  }

  private void control(String what, int broker) {
    Outcome _ = Command.of(Root.file("bin/kafka"), what, directory, broker).run().succeeded();
  }
}
