package loteria.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.tool.Told;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KafkaCommandTest {
  private static final String NOWHERE = "127.0.0.1:1";

  @TempDir private Path folder;

  @Test
  void refusesAFileOfPropertiesAndShowsNothingOfIt() throws IOException {
    Path missing = folder.resolve("missing");
    assertThat(prepare(NOWHERE, "n", "--kafka-config", missing).err())
        .isEqualTo("loteria kafka: %s: there is no such file or directory%n", missing);
    Path wrong = Files.writeString(folder.resolve("wrong"), "pass word = secret \\u00");
    Told told = prepare(NOWHERE, "n", "--kafka-config", wrong);
    assertThat(told.err()).startsWith("loteria kafka: " + wrong + ": it has ").hasLineCount(1);
    assertThat(told.err()).doesNotContain("secret");
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  @Tag("kafka")
  @Timeout(60)
  void saysThatNoBrokerAnswers() {
    Told told = prepare(NOWHERE, "n");
    assertThat(told.err())
        .isEqualTo(
            "loteria kafka: no Kafka broker answers at 127.0.0.1:1 within 10 s%n".formatted());
    assertThat(told.code()).isEqualTo(69);
  }

  @Test
  @Tag("kafka")
  @Timeout(120)
  void makesTopicsAndChecksThem() throws IOException {
    String cluster = System.getProperty("kafka.cluster", "");
    assumeTrue(!cluster.isEmpty(), "no cluster is started: make test-kafka starts one");
    String brokers = Files.readString(Path.of(cluster, "addresses")).strip();
    String name = "tool-" + ProcessHandle.current().pid();

    Told missing = Told.byLoteria("kafka", "check", "--kafka", brokers, "--name", name);
    assertThat(missing.err())
        .startsWith(
            "loteria kafka: topic %s.bets and topic %s.draw are missing".formatted(name, name))
        .hasLineCount(1);
    assertThat(missing.code()).isEqualTo(1);

    Told made = prepare(brokers, name, "--partitions", 3);
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .startsWith("topic %s.bets made: partitions: 3 | replication factor: 3".formatted(name))
        .hasLineCount(2);
    assertThat(made.code()).isZero();

    Told other = prepare(brokers, name);
    assertThat(other.err()).contains("the number of partitions is 3, must be 8").hasLineCount(1);
    assertThat(other.code()).isEqualTo(1);
    Told found = prepare(brokers, name, "--partitions", 3);
    assertThat(found.out()).isEqualTo(made.out().replace(" made: ", " found: "));
  }

  private static Told prepare(Object brokers, String name, Object... more) {
    return Told.byLoteria("kafka", "prepare", "--kafka", brokers, "--name", name, more);
  }
}
