package loteria.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The three brokers that {@code make test-kafka} has started for all tests with Kafka: its folder
 * is what the system property {@code kafka.cluster} says. A test that is run without is skipped.
 */
final class Cluster {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final long MINUTES_MAX = 4;

  private final Path directory;

  private Cluster(Path directory) {
    this.directory = directory;
  }

  /** The cluster, of which every broker serves. */
  static Cluster running() {
    String directory = System.getProperty("kafka.cluster", "");
    assumeTrue(!directory.isEmpty(), "no cluster is started: make test-kafka starts one");
    return new Cluster(Path.of(directory));
  }

  /** Where it serves. */
  String brokers() throws IOException {
    return Files.readString(directory.resolve("addresses")).strip();
  }

  /** A lottery on it that no other test has. */
  KafkaOptions lottery() throws IOException {
    return lottery(false);
  }

  KafkaOptions lottery(boolean unsafe) throws IOException {
    String name = "t%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet());
    return new KafkaOptions(brokers(), name, null, Map.of(), unsafe);
  }

  /** Kills a broker as kill -9 does. */
  void kill(int broker) throws IOException, InterruptedException {
    control("kill", broker);
  }

  /** Starts a broker anew, and returns when it serves. */
  void restart(int broker) throws IOException, InterruptedException {
    control("restart", broker);
  }

  private void control(String what, int broker) throws IOException, InterruptedException {
    Path script = Path.of(System.getProperty("loteria.root", "..")).resolve("bin/kafka");
    List<String> command =
        Stream.of(script, what, directory, broker).map(Object::toString).toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)).as("%s", command).isTrue();
      assertThat(process.exitValue()).as("%s", command).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
