package loteria.checks.kafka;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Three brokers of a folder, which {@code bin/kafka} starts and ends. */
public final class RealBrokers implements AutoCloseable {
  public static final int COUNT = 3;

  private final Path directory;
  private final boolean own;

  private RealBrokers(Path directory, boolean own) {
    this.directory = directory;
    this.own = own;
  }

  /** Why there can be none on this machine; empty if there can. */
  public static Optional<String> unavailable() {
    Outcome jars = control("jars").run();
    return jars.exit() == 0 ? Optional.empty() : Optional.of(jars.errors().strip());
  }

  /** Those that somebody has started, and will end. */
  static RealBrokers of(Path directory) {
    return new RealBrokers(directory, false);
  }

  /**
   * New ones, that serve; when this is closed they are gone, and what they have laid with them.
   *
   * @param settings of each broker, as KEY=VALUE
   */
  public static RealBrokers start(Path directory, String... settings) {
    RealBrokers brokers = new RealBrokers(directory, true);
    var _ = control("start", directory, COUNT).and((Object[]) settings).run().succeeded();
    return brokers;
  }

  private static Command control(Object... words) {
    return Command.of(Root.file("bin/kafka")).and(words);
  }

  /** Where they serve. */
  public String addresses() {
    return read(directory.resolve("addresses"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the broker that leads a partition. */
  int leader(String topic, int partition) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
      var described =
          admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS);
      return Objects.requireNonNull(described.get(topic)).partitions().get(partition).leader().id();
    }
  }

  /**
   * Until every broker knows a topic that was made: each learns of it by itself, and any may be
   * asked. Each partition has a replica on every broker.
   */
  void awaitKnown(String topic, int partitions) {
    List<Integer> all = IntStream.rangeClosed(1, COUNT).boxed().toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
      await(topic + " at each broker")
          .atMost(60, TimeUnit.SECONDS)
          .ignoreExceptions()
          .until(() ->
              admin.describeLogDirs(all).allDescriptions().get().values().stream()
                  .allMatch(folders ->
                      folders.values().stream()
                              .flatMap(folder -> folder.replicaInfos().keySet().stream())
                              .filter(partition -> partition.topic().equals(topic))
                              .count()
                          == partitions));
    }
  }

  /** Kills a broker as kill -9 does. */
  public void kill(int broker) {
    var _ = control("kill", directory, broker).run().succeeded();
  }

  /** Whether a broker runs. */
  public boolean runs(int broker) {
    Path pid = directory.resolve("broker-" + broker).resolve("pid");
    return Files.exists(pid) && Files.exists(Path.of("/proc", read(pid)));
  }

  /** Kills a broker, lays its log in another folder, and starts it there. */
  public void move(int broker, Path folder) throws IOException {
    kill(broker);
    Path data = directory.resolve("broker-" + broker).resolve("data");
    var _ = Command.of("mv", data, folder).run().succeeded();
    Files.createSymbolicLink(data, folder);
    restart(broker);
  }

  /** Starts a broker anew, and returns when it serves. */
  public void restart(int broker) {
    var _ = control("restart", directory, broker).run().succeeded();
  }

  /** Starts those that do not run, and returns when all serve. */
  public void startAll() {
    var _ = control("start", directory).run().succeeded();
  }

  /** Has the brokers write a topic to their disks when the system does. */
  public void neverFlush(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp never =
        new AlterConfigOp(
            new ConfigEntry("flush.messages", String.valueOf(Long.MAX_VALUE)),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
      var _ = admin.incrementalAlterConfigs(Map.of(resource, List.of(never))).all().get();
    }
  }

  /** SIGSTOP. */
  public void stop(int broker) {
    signal("STOP", broker);
  }

  /** SIGCONT. */
  public void resume(int broker) {
    signal("CONT", broker);
  }

  private void signal(String name, int broker) {
    signal(name, List.of(pid(broker)));
  }

  private String pid(int broker) {
    return read(directory.resolve("broker-" + broker).resolve("pid"));
  }

  private static void signal(String name, List<String> pids) {
    var _ = Command.of("kill", "-" + name).and(pids.toArray()).run().succeeded();
  }

  /**
   * Stops all of them, does something to their disks, and kills them; returns when all are gone.
   */
  public void killAll(Runnable meanwhile) {
    List<String> pids = IntStream.rangeClosed(1, COUNT).mapToObj(this::pid).toList();
    signal("STOP", pids);
    try {
      meanwhile.run();
    } finally {
      signal("KILL", pids); // by their numbers: no file may be there to be read
    }
    await("the end of all brokers")
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> pids.stream().noneMatch(pid -> Files.exists(Path.of("/proc", pid))));
  }

  @Override
  public void close() {
    if (!own) {
      return;
    }
    var _ = control("stop", directory).run().succeeded();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!one.equals(directory)) { // which may be where something is mounted
          Files.delete(one);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
