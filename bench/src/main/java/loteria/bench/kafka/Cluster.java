package loteria.bench.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.lab.Usage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** Three brokers on loopback, which {@code bin/kafka} starts and ends, and lotteries on them. */
final class Cluster implements AutoCloseable {
  static final int BROKERS = 3;

  private static final int ADMIN_SECONDS = 30;
  private static final int ELECTION_POLLS_MAX = 6_000;
  private static final int POLL_MILLIS = 20;
  private static final int NOBODY = -1;

  private final Lab lab;
  private final Path folder;
  private int lotteries;

  private Cluster(Lab lab, Path folder) {
    this.lab = lab;
    this.folder = folder;
  }

  /** Whether there are brokers to start; their jars may be fetched for it. */
  static boolean canBe(Lab lab) {
    try {
      double _ = lab.run(Program.PATIENCE, script(lab), "jars");
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static String script(Lab lab) {
    return lab.plan().project().resolve("bin/kafka").toString();
  }

  static Cluster start(Lab lab) throws IOException {
    Cluster cluster = new Cluster(lab, lab.folder("brokers"));
    cluster.control("start", BROKERS); // or it leaves nothing behind
    return cluster;
  }

  private void control(String command, Object... more) throws IOException {
    Object[] words = Stream.concat(Stream.of(command, folder), Stream.of(more)).toArray();
    double _ = lab.run(Program.PATIENCE, script(lab), words);
  }

  String addresses() throws IOException {
    return Files.readString(folder.resolve("addresses")).strip();
  }

  /** Makes the topics of a new lottery: its name. */
  String prepare(int partitions) throws IOException {
    lotteries++;
    String name = "bench-" + lotteries;
    lab.loteria(
        "kafka", "prepare", "--kafka", addresses(), "--name", name, "--partitions", partitions);
    return name;
  }

  /**
   * A broker that was killed.
   *
   * @param electedAt when another one led its partition, as System.nanoTime
   */
  record Killed(int broker, long electedAt) {}

  /** Kills the broker that leads the first partition of a topic, with -9; waits for another. */
  Killed killLeader(String topic) throws IOException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses()))) {
      int leader = leader(admin, topic);
      control("kill", leader);
      for (int poll = 0; poll < ELECTION_POLLS_MAX; poll++) {
        int now = leader(admin, topic);
        if (now != leader && now != NOBODY) {
          return new Killed(leader, System.nanoTime());
        }
        Program.pause(POLL_MILLIS);
      }
      throw new IOException("no other broker leads " + topic);
    }
  }

  private static int leader(Admin admin, String topic) throws IOException {
    try {
      var described = admin.describeTopics(List.of(topic)).allTopicNames();
      var named = Objects.requireNonNull(described.get(ADMIN_SECONDS, TimeUnit.SECONDS).get(topic));
      Node leader = named.partitions().getFirst().leader();
      return leader == null ? NOBODY : leader.id();
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new IOException("cannot describe " + topic, failed);
    }
  }

  void restart(int broker) throws IOException {
    control("restart", broker);
  }

  /** CPU of all brokers so far. */
  double cpuSeconds() throws IOException {
    double seconds = 0;
    for (int broker = 1; broker <= BROKERS; broker++) {
      String pid = Files.readString(folder.resolve("broker-" + broker).resolve("pid")).strip();
      seconds += Usage.of(Long.parseLong(pid)).cpuSeconds();
    }
    return seconds;
  }

  @Override
  public void close() throws IOException {
    control("stop");
  }
}
