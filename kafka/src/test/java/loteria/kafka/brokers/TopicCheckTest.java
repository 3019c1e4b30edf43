package loteria.kafka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.UnsafeTopicsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with topics and brokers, over plain data. */
final class TopicCheckTest {
  private static final KafkaOptions SAFE = options(false);
  private static final KafkaOptions UNSAFE = options(true);
  private static final UUID BETS = new UUID(1, 1);
  private static final UUID DRAW = new UUID(2, 2);

  private final Map<Integer, Map<String, String>> brokers = new HashMap<>();
  private final Map<String, TopicsState.Topic> topics = new HashMap<>();
  private int transactionVersion = 2;

  TopicCheckTest() {
    for (int broker = 1; broker <= 3; broker++) {
      brokers.put(
          broker,
          new HashMap<>(
              Map.of(
                  "auto.create.topics.enable", "false",
                  "log.flush.interval.messages", "1",
                  "transaction.state.log.replication.factor", "3",
                  "transaction.state.log.min.isr", "2")));
    }
    topics.put("L.bets", topic(BETS, 8, 3));
    topics.put("L.draw", topic(DRAW, 1, 3));
  }

  private static KafkaOptions options(boolean unsafe) {
    return new KafkaOptions("one:9092,two:9092", "L", null, Map.of(), unsafe);
  }

  private static TopicsState.Topic topic(UUID id, int partitions, int replicas) {
    return new TopicsState.Topic(
        id,
        Collections.nCopies(partitions, new TopicsState.Partition(replicas, 0)),
        TopicCheck.settings(replicas));
  }

  private TopicsState state() {
    return new TopicsState(brokers, transactionVersion, topics);
  }

  private List<String> wrong() {
    return TopicCheck.wrong(state(), SAFE);
  }

  /** Gives a topic another setting. */
  private void set(String topic, String key, String value) {
    TopicsState.Topic was = Objects.requireNonNull(topics.get(topic));
    Map<String, String> settings = new HashMap<>(was.settings());
    settings.put(key, value);
    topics.put(topic, new TopicsState.Topic(was.id(), was.partitions(), settings));
  }

  private void setBrokers(String key, String... values) {
    IntStream.range(0, values.length).forEach(index -> broker(index + 1).put(key, values[index]));
  }

  private Map<String, String> broker(int number) {
    return Objects.requireNonNull(brokers.get(number));
  }

  @Test
  void whatPrepareMakesIsRight() {
    assertThat(wrong()).isEmpty();
    assertThat(TopicCheck.warnings(state(), SAFE)).isEmpty();
    assertThat(TopicCheck.missing(state(), SAFE)).isEmpty();
  }

  @Test
  void whatATopicIsMadeWithIsWrittenDown() {
    assertThat(TopicCheck.settings(3))
        .isEqualTo(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "retention.bytes", "-1",
                "message.timestamp.type", "LogAppendTime",
                "compression.type", "producer",
                "unclean.leader.election.enable", "false",
                "max.message.bytes", "2097152",
                "flush.messages", "1",
                "min.insync.replicas", "2"));
    assertThat(TopicCheck.settings(1)).containsEntry("min.insync.replicas", "1");
  }

  @ParameterizedTest
  @CsvSource({
    "cleanup.policy, compact, must be delete",
    "cleanup.policy, 'compact,delete', must be delete",
    "retention.ms, 604800000, must be -1",
    "retention.bytes, 1073741824, must be -1",
    "message.timestamp.type, CreateTime, must be LogAppendTime",
    "compression.type, zstd, must be producer",
    "unclean.leader.election.enable, true, must be false",
    "max.message.bytes, 1048588, must be at least 2097152",
    "min.insync.replicas, 1, must be at least 2",
  })
  void namesTopicSettingWhatItIsAndWhatIsWanted(String key, String value, String must) {
    for (String topic : List.of("L.bets", "L.draw")) {
      TopicsState.Topic right = Objects.requireNonNull(topics.get(topic));
      set(topic, key, value);
      assertThat(wrong())
          .containsExactly("topic %s: %s is %s, %s".formatted(topic, key, value, must));
      topics.put(topic, right);
    }
  }

  @Test
  void wantsAReplicaMoreThanThoseThatMustBeInSync() {
    set("L.bets", "min.insync.replicas", "3");
    assertThat(wrong())
        .containsExactly(
            "topic L.bets: min.insync.replicas is 3, must be below the replication factor of 3, or"
                + " nothing is stored while a broker is away");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void wantsThreeReplicasOfEachPartition(int fewest) {
    List<TopicsState.Partition> partitions =
        new ArrayList<>(Collections.nCopies(8, new TopicsState.Partition(3, 0)));
    partitions.set(5, new TopicsState.Partition(fewest, 0));
    topics.put("L.bets", new TopicsState.Topic(BETS, partitions, TopicCheck.settings(3)));
    assertThat(wrong())
        .containsExactly(
            "topic L.bets: the replication factor is %d, must be at least 3".formatted(fewest));
  }

  @Test
  void findsWhereRecordsWereDeleted() {
    List<TopicsState.Partition> partitions =
        new ArrayList<>(Collections.nCopies(8, new TopicsState.Partition(3, 0)));
    partitions.set(5, new TopicsState.Partition(3, 6));
    topics.put("L.bets", new TopicsState.Topic(BETS, partitions, TopicCheck.settings(3)));
    assertThat(wrong())
        .containsExactly(
            "topic L.bets, partition 5: the first offset is 6, must be 0: what was before it is"
                + " deleted");
  }

  @Test
  void wantsAsManyPartitionsAsThereMayBe() {
    topics.put("L.bets", topic(BETS, 64, 3));
    assertThat(wrong()).isEmpty();
    topics.put("L.bets", topic(BETS, 65, 3));
    topics.put("L.draw", topic(DRAW, 2, 3));
    assertThat(wrong())
        .containsExactly(
            "topic L.bets: the number of partitions is 65, must be 1 to 64",
            "topic L.draw: the number of partitions is 2, must be 1");
  }

  @Test
  void saysHowMissingTopicsAreMade() {
    topics.remove("L.draw");
    assertThat(wrong())
        .containsExactly(
            "topic L.draw is missing: loteria kafka prepare --kafka one:9092,two:9092 --name L"
                + " makes it");
    topics.remove("L.bets");
    assertThat(wrong())
        .containsExactly(
            "topic L.bets and topic L.draw are missing: loteria kafka prepare --kafka"
                + " one:9092,two:9092 --name L makes them");
    assertThat(TopicCheck.wrongOfWhatIsThere(state(), SAFE)).isEmpty();
  }

  @Test
  void wantsTransactionsThatFence() {
    transactionVersion = 1;
    assertThat(wrong())
        .containsExactly("the cluster: transaction.version is 1, must be at least 2");
  }

  @Test
  void wantsWhatTheBrokersKeepOfTransactionsToBeSafeAsSoonAsItIsThere() {
    topics.put("__transaction_state", topic(new UUID(3, 3), 50, 1));
    assertThat(wrong())
        .containsExactly(
            "topic __transaction_state: the replication factor is 1, must be at least 3",
            "topic __transaction_state: min.insync.replicas is 1, must be at least 2");
    topics.put("__transaction_state", topic(new UUID(3, 3), 50, 3));
    assertThat(wrong()).as("though a compacted topic is no log of ours").isEmpty();
    set("__transaction_state", "cleanup.policy", "compact");
    setBrokers("transaction.state.log.min.isr", "1", "1", "1");
    assertThat(wrong()).as("what it would be made with counts no longer").isEmpty();
  }

  @Test
  void wantsWhatTheBrokersKeepOfTransactionsToBecomeSafe() {
    setBrokers("transaction.state.log.replication.factor", "1", "1", "1");
    setBrokers("transaction.state.log.min.isr", "2", "1", "2");
    assertThat(wrong())
        .containsExactly(
            "brokers 1, 2, 3: transaction.state.log.replication.factor is 1, must be at least 3",
            "broker 2: transaction.state.log.min.isr is 1, must be at least 2");
  }

  @Test
  void wantsNoBrokerToMakeTopicsByItself() {
    setBrokers("auto.create.topics.enable", "true", "false", "true");
    assertThat(wrong())
        .containsExactly(
            "brokers 1, 3: auto.create.topics.enable is true, must be false, or a deleted topic"
                + " comes back empty");
    broker(2).remove("auto.create.topics.enable");
    assertThat(wrong())
        .anyMatch(line -> line.startsWith("broker 2: auto.create.topics.enable is "));
  }

  @Test
  void warnsOfWhatAPowerCutLoses() {
    setBrokers("log.flush.interval.messages", "9223372036854775807", "1", "10000");
    set("L.draw", "flush.messages", "9223372036854775807");
    assertThat(wrong()).isEmpty();
    assertThat(TopicCheck.warnings(state(), SAFE).stream().map(line -> line.replaceAll(":.*", "")))
        .containsExactly("topic L.draw", "broker 3", "broker 1");
    assertThat(TopicCheck.warnings(state(), SAFE).get(1))
        .isEqualTo(
            "broker 3: log.flush.interval.messages is 10000, should be 1: what is acknowledged is"
                + " lost if all brokers lose their power at once");
  }

  @Test
  void takesASingleBrokerForTrialsAndSaysSo() {
    topics.put("L.bets", topic(BETS, 8, 1));
    topics.put("L.draw", topic(DRAW, 1, 1));
    brokers.keySet().retainAll(List.of(1));
    setBrokers("transaction.state.log.replication.factor", "1");
    assertThat(wrong()).hasSize(5);
    assertThat(TopicCheck.wrong(state(), UNSAFE)).isEmpty();
    assertThat(TopicCheck.warnings(state(), UNSAFE)).singleElement().asString().contains("trials");

    set("L.bets", "retention.ms", "1");
    set("L.draw", "min.insync.replicas", "2");
    assertThat(TopicCheck.wrong(state(), UNSAFE))
        .as("all else is wanted as ever")
        .containsExactly(
            "topic L.bets: retention.ms is 1, must be -1",
            "topic L.draw: min.insync.replicas is 2, must be below the replication factor of 1, or"
                + " nothing is stored while a broker is away");
  }

  @Test
  void findsATopicThatWasMadeAgainAndOneThatHasGrown() {
    Kafka.Layout before = new Kafka.Layout("L", 8, List.of(BETS, DRAW));
    assertThat(before.changed(new Kafka.Layout("L", 8, List.of(BETS, DRAW)))).isEmpty();

    UUID other = new UUID(9, 9);
    topics.put("L.bets", topic(BETS, 12, 3));
    topics.put("L.draw", topic(other, 1, 3));
    assertThat(wrong()).isEmpty();
    assertThat(before.changed(new Kafka.Layout("L", 12, List.of(BETS, other))))
        .containsExactly(
            "topic L.draw: the id is %s, must be %s: it was deleted and made again"
                .formatted(other, DRAW),
            "topic L.bets: the number of partitions is 12, must be 8");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    set("L.bets", "retention.ms", "1");
    set("L.draw", "retention.ms", "2");
    transactionVersion = 0;
    UnsafeTopicsException refused = new UnsafeTopicsException(wrong());
    assertThat(refused.wrong()).hasSize(3).isEqualTo(wrong());
    assertThat(refused)
        .hasMessage(wrong().stream().collect(Collectors.joining("; ")))
        .message()
        .doesNotContain("\n");
  }
}
