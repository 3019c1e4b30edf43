package loteria.checks.kafka;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import loteria.checks.shell.Command;
import loteria.checks.shell.Outcome;
import loteria.checks.shell.Root;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Three brokers for all tests of a run: those whose folder the system property {@code
 * kafka.cluster} names, which stay, or else those that {@code bin/kafka} starts before the first
 * test and ends after the last. Where the brokers' jars cannot be had the tests are skipped.
 */
final class OnCluster implements BeforeAllCallback {
  /** What {@code bin/kafka} exits with where the jars cannot be had. */
  private static final int NO_JARS = 69;

  private static final int BROKERS = 3;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private @Nullable Cluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(Namespace.create(OnCluster.class))
            .computeIfAbsent(Cluster.class, _ -> Cluster.open(), Cluster.class);
    assumeTrue(cluster.serves, cluster.why);
  }

  private Cluster cluster() {
    Cluster known = cluster;
    if (known == null) {
      throw new IllegalStateException("no test has begun");
    }
    return known;
  }

  /** Where it serves. */
  String addresses() {
    try {
      return Files.readString(cluster().directory.resolve("addresses")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a lottery that no other test has. */
  static String lottery() {
    return "checks-%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet());
  }

  /** The number of the broker that leads a partition. */
  int leader(String topic, int partition) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
      var described =
          admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS);
      return Objects.requireNonNull(described.get(topic)).partitions().get(partition).leader().id();
    }
  }

  /** Kills a broker as kill -9 does. */
  void kill(int broker) {
    cluster().control("kill", broker);
  }

  /** Starts a broker anew, and returns when it serves. */
  void restart(int broker) {
    assert broker <= BROKERS : broker;
    cluster().control("restart", broker);
  }

  private static final class Cluster implements AutoCloseable {
    private final Path directory;
    private final boolean own;
    private final boolean serves;
    private final String why;

    private Cluster(Path directory, boolean own, boolean serves, String why) {
      this.directory = directory;
      this.own = own;
      this.serves = serves;
      this.why = why;
    }

    static Cluster open() {
      String named = System.getProperty("kafka.cluster", "");
      if (!named.isEmpty()) {
        return new Cluster(Path.of(named), false, true, "");
      }
      try {
        Path directory = Files.createTempDirectory("loteria-kafka-");
        Outcome started = command("start", directory, BROKERS).run();
        if (started.exit() == NO_JARS) {
          Cluster nothing = new Cluster(directory, true, false, started.errors().strip());
          nothing.remove();
          return nothing;
        }
        var _ = started.succeeded();
        return new Cluster(directory, true, true, "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Command command(Object... words) {
      return Command.of(
          Stream.concat(Stream.of(Root.file("bin/kafka")), Stream.of(words)).toArray());
    }

    void control(String what, int broker) {
      var _ = command(what, directory, broker).run().succeeded();
    }

    @Override
    public void close() throws IOException {
      if (own && serves) {
        var _ = command("stop", directory).run().succeeded();
        remove();
      }
    }

    private void remove() throws IOException {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
