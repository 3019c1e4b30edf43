package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/kafka}, with a Java that is no broker but says so, and runs until it is ended. */
@Timeout(180)
final class BrokersTest {

  @TempDir Path folder;

  private Path cluster;

  @BeforeEach
  void layAJavaAndJars() throws IOException {
    cluster = folder.resolve("the cluster");
    Root.copy(folder, "bin/kafka", "bin/jdk", "bin/maven", "bin/kafka.xml", "pom.xml");
    Files.createDirectories(folder.resolve("jars"));
    Files.createFile(folder.resolve("jars/kafka-server-4.4.0.jar"));
    Files.createDirectories(folder.resolve("home/bin"));
    Files.writeString(folder.resolve("home/release"), "JAVA_VERSION=\"25\"\n");
    java("echo '[KafkaServer] Kafka Server started'", "while :; do sleep 0.2; done");
  }

  @AfterEach
  void endAll() {
    for (int broker = 1; broker <= 3; broker++) {
      Outcome ignored = kafka("kill", cluster, broker);
    }
  }

  /** What a broker does; to format one does nothing. */
  private void java(String... lines) throws IOException {
    Root.program(
        folder.resolve("home/bin/java"),
        Stream.concat(Stream.of("case \"$*\" in *StorageTool*) exit ;; esac"), Stream.of(lines))
            .toArray(String[]::new));
  }

  private Outcome kafka(Object... arguments) {
    return command(arguments).with("KAFKA_JARS", folder.resolve("jars")).run();
  }

  private Command command(Object... arguments) {
    return Command.of(folder.resolve("bin/kafka"))
        .and(arguments)
        .in(folder)
        .with("JAVA25_HOME", folder.resolve("home"));
  }

  private ProcessHandle broker(int number) throws IOException {
    String pid = Files.readString(cluster.resolve("broker-" + number + "/pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** A shell that is about to start a program is there twice. */
  private List<ProcessHandle> running() {
    return ProcessHandle.allProcesses()
        .filter(this::isBroker)
        .filter(process -> process.parent().filter(this::isBroker).isEmpty())
        .toList();
  }

  /** One that has ended has no arguments any more. */
  private boolean isBroker(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Stream::of)
        .anyMatch(word -> word.startsWith(cluster + "/"));
  }

  @Test
  void startsBrokersWhosePortsDifferAndEndsThem() throws IOException {
    Outcome started = kafka("start", cluster).succeeded();
    assertThat(started.output().strip())
        .matches("127\\.0\\.0\\.1:\\d+(,127\\.0\\.0\\.1:\\d+){2}")
        .isEqualTo(Files.readString(cluster.resolve("addresses")).strip());
    assertThat(List.of(started.output().strip().split(","))).doesNotHaveDuplicates();
    assertThat(running()).hasSize(3);
    for (int broker = 1; broker <= 3; broker++) {
      assertThat(cluster.resolve("broker-" + broker + "/server.properties"))
          .content()
          .contains(
              "node.id=" + broker + "\n",
              "log.dirs=" + cluster + "/broker-" + broker + "/data\n",
              "auto.create.topics.enable=false\n",
              "log.flush.interval.messages=1\n",
              "transaction.state.log.replication.factor=3\n",
              "transaction.state.log.min.isr=2\n");
    }
    Outcome ignored = kafka("stop", cluster).succeeded();
    assertThat(running()).isEmpty();
    Outcome again = kafka("start", cluster).succeeded();
    assertThat(again.output()).as("it goes on where it was").isEqualTo(started.output());
  }

  @Test
  void killsOneAndStartsItAnew() throws IOException {
    assertThat(kafka("start", cluster, 2).succeeded().output()).containsOnlyOnce(",");
    ProcessHandle first = broker(1);
    ProcessHandle second = broker(2);
    Outcome ignored = kafka("kill", cluster, 2).succeeded();
    assertThat(running()).containsExactly(first);
    ignored = kafka("restart", cluster, 2).succeeded();
    assertThat(running()).containsExactlyInAnyOrder(first, broker(2)).doesNotContain(second);
    ignored = kafka("restart", cluster, 1).succeeded();
    assertThat(running()).containsExactlyInAnyOrder(broker(1), broker(2)).doesNotContain(first);
    assertThat(kafka("kill", cluster, 3).exit()).isEqualTo(1);
  }

  @Test
  void takesSettingsForAOneBrokerClusterThatKeepsOneReplica() throws IOException {
    Outcome ignored = kafka("start", cluster, 1, "broker.session.timeout.ms=3000").succeeded();
    assertThat(cluster.resolve("broker-1/server.properties"))
        .content()
        .contains(
            "transaction.state.log.replication.factor=1\n",
            "transaction.state.log.min.isr=1\n",
            "\nbroker.session.timeout.ms=3000\n");
    assertThat(kafka("start", cluster, "a=b").errors()).contains("settings of their own");
  }

  @Test
  void leavesNoneBehindWhenOneDoesNotStart() throws IOException {
    java(
        "case \"$*\" in *broker-2/*) sleep 0.5; echo 'today ERROR no disk (x)'; exit 1 ;; esac",
        "while :; do sleep 0.2; done");
    Outcome failed = kafka("start", cluster);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.output()).isEmpty();
    assertThat(failed.errors())
        .hasLineCount(1)
        .startsWith("kafka: broker 2 has ended: today ERROR no disk (x); its log is ");
    await().until(() -> running().isEmpty()); // killed, and not waited for
  }

  @Test
  void aNumberThatIsAnotherProgramsByNowIsLeftAlone() throws Exception {
    Outcome ignored = kafka("start", cluster, 1).succeeded();
    ignored = kafka("kill", cluster, 1).succeeded();
    Process stranger = new ProcessBuilder("sleep", "50").start();
    try {
      Files.writeString(cluster.resolve("broker-1/pid"), stranger.pid() + "\n");
      ignored = kafka("stop", cluster).succeeded();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aClusterForOneCommandIsGoneWhenThatEnds() {
    Outcome outcome = kafka("with", cluster, "sh", "-c", "cat 'the cluster/addresses'; exit 5");
    assertThat(outcome.exit()).isEqualTo(5);
    assertThat(outcome.output()).hasLineCount(1).startsWith("127.0.0.1:");
    assertThat(running()).isEmpty();
    assertThat(kafka("with", cluster, "true").exit()).as("and another time").isZero();
  }

  @Test
  void saysInOneLineThatTheJarsCannotBeHad() {
    Outcome none = command("start", cluster).with("KAFKA_JARS", folder.resolve("none")).run();
    assertThat(none.exit()).isEqualTo(69);
    assertThat(none.errors()).hasLineCount(1).contains("where no broker's jars are");
    // There is no compiler beside that Java, and so no Maven.
    Outcome noMaven = command("jars").without("KAFKA_JARS").run();
    assertThat(noMaven.exit()).isEqualTo(69);
    assertThat(noMaven.errors()).hasLineCount(1).startsWith("kafka: the jars of Kafka 4.");
    assertThat(running()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stop",
        "start DIR 0",
        "start DIR 10",
        "start DIR three",
        "start DIR,1",
        "with DIR",
        "frobnicate DIR"
      })
  void wrongArgumentsShowTheUsage(String line) {
    Object[] words = line.isEmpty() ? new Object[0] : line.replace("DIR", "cluster").split(" ", -1);
    Outcome outcome = kafka(words);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.errors()).contains("bin/kafka start DIR [BROKERS]");
  }

  @Test
  void whatIsNotThereIsSaid() {
    for (String command : List.of("stop", "kill", "restart")) {
      Outcome outcome = kafka(command, cluster, 1);
      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.errors()).hasLineCount(1).contains("there is no cluster in");
    }
    assertThat(running()).isEmpty();
  }
}
