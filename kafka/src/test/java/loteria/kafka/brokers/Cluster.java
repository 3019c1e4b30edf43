package loteria.kafka.brokers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.kafka.options.KafkaOptions;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.awaitility.Awaitility;

/**
 * The three brokers that {@code make test-kafka} has started for all tests with Kafka: its folder
 * is what the system property {@code kafka.cluster} says. A test that is run without is skipped.
 */
public final class Cluster {
  private static final List<Integer> BROKERS = List.of(1, 2, 3);
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

  /** Makes the topics of a lottery; when it returns every broker knows them. */
  public Topics.Report prepare(KafkaOptions lottery, int partitions) throws IOException {
    Topics.Report made = Topics.prepare(lottery, partitions);
    try (Admin admin = Admin.create(ClientSettings.admin(lottery))) {
      awaitKnown(admin, lottery.betsTopic(), partitions);
      awaitKnown(admin, lottery.drawTopic(), 1);
    }
    return made;
  }

  /**
   * Until every broker knows how many partitions a topic has, 0 if it is deleted: each learns it by
   * itself, and any may be asked. Each partition has a replica on every broker.
   */
  static void awaitKnown(Admin admin, String topic, int partitions) {
    Awaitility.await(topic + " with " + partitions + " partitions at each broker")
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() ->
            admin.describeLogDirs(BROKERS).allDescriptions().get().values().stream()
                .allMatch(folders -> partitions == partitions(folders.values(), topic)));
  }

  private static long partitions(Collection<LogDirDescription> folders, String topic) {
    return folders.stream()
        .flatMap(folder -> folder.replicaInfos().keySet().stream())
        .filter(partition -> partition.topic().equals(topic))
        .count();
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
