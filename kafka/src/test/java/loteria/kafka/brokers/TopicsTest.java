package loteria.kafka.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.NoBrokersException;
import loteria.kafka.options.UnsafeTopicsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics on real brokers. */
@Tag("kafka")
@Timeout(240)
final class TopicsTest {
  private Cluster cluster;
  private KafkaOptions lottery;
  private Admin admin;

  @BeforeEach
  void connect() throws IOException {
    cluster = Cluster.running();
    lottery = cluster.lottery();
    admin = Admin.create(ClientSettings.admin(lottery));
  }

  @AfterEach
  void disconnect() {
    if (admin != null) {
      admin.close();
    }
  }

  @Test
  void makesTopicsThatPassTheCheckAndLeavesThoseThatExist() throws Exception {
    Topics.Report made = cluster.prepare(lottery, 5);
    assertThat(made.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "topic %s made: partitions: 5 | replication factor: 3 |"
                            .formatted(lottery.betsTopic()))
                    .contains("min.insync.replicas: 2"),
            line ->
                assertThat(line)
                    .startsWith("topic %s made: partitions: 1 |".formatted(lottery.drawTopic())));
    assertThat(made.warnings()).isEmpty();

    List<String> found = made.lines().stream().map(it -> it.replace(" made:", " found:")).toList();
    assertThat(Topics.check(lottery).lines()).as("the same ids").isEqualTo(found);
    assertThat(Topics.prepare(lottery, 5).lines()).isEqualTo(found);
    assertThat(refusal(() -> Topics.prepare(lottery, 6)))
        .containsExactly(
            "topic %s: the number of partitions is 5, must be 6, as asked for"
                .formatted(lottery.betsTopic()));
    assertThat(Topics.check(lottery).lines()).isEqualTo(found);
  }

  @Test
  void namesWhatIsMissingAndMakesNothing() throws Exception {
    for (int time = 0; time < 2; time++) {
      assertThat(refusal(() -> Topics.check(lottery)))
          .singleElement()
          .asString()
          .contains(lottery.betsTopic() + " and topic " + lottery.drawTopic() + " are missing")
          .contains("loteria kafka prepare --kafka " + lottery.brokers());
    }
  }

  @Test
  void refusesEachWrongSettingAndTakesTheRightOneAgain() throws Exception {
    var made = cluster.prepare(lottery, 2);
    assertThat(made.lines()).hasSize(2);
    for (Map.Entry<String, String> wrong :
        Map.of(
                "cleanup.policy", "compact",
                "retention.ms", "604800000",
                "retention.bytes", "1000000",
                "message.timestamp.type", "CreateTime",
                "compression.type", "gzip",
                "unclean.leader.election.enable", "true",
                "max.message.bytes", "1048588",
                "min.insync.replicas", "1")
            .entrySet()) {
      String right = Objects.requireNonNull(TopicCheck.settings(3).get(wrong.getKey()));
      set(lottery.drawTopic(), wrong.getKey(), wrong.getValue());
      await()
          .untilAsserted(() ->
              assertThat(refusal(() -> Topics.check(lottery)))
                  .singleElement()
                  .asString()
                  .startsWith(
                      "topic %s: %s is %s, must be "
                          .formatted(lottery.drawTopic(), wrong.getKey(), wrong.getValue())));
      set(lottery.drawTopic(), wrong.getKey(), right);
      await().untilAsserted(() -> assertThat(Topics.check(lottery).warnings()).isEmpty());
    }
    set(lottery.betsTopic(), "flush.messages", "1000");
    await()
        .untilAsserted(() ->
            assertThat(Topics.check(lottery).warnings())
                .singleElement()
                .asString()
                .startsWith(
                    "topic %s: flush.messages is 1000, should be 1"
                        .formatted(lottery.betsTopic())));
  }

  private void set(String topic, String key, String value) throws Exception {
    var _ =
        admin
            .incrementalAlterConfigs(
                Map.of(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                    List.of(
                        new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
            .all()
            .get();
  }

  @Test
  void refusesTopicsOfOneReplicaUnlessThatIsAskedFor() throws Exception {
    for (String topic : List.of(lottery.betsTopic(), lottery.drawTopic())) {
      var _ =
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic, Optional.of(1), Optional.of((short) 1))
                          .configs(TopicCheck.settings(1))))
              .all()
              .get();
    }
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() ->
            assertThat(refusal(() -> Topics.prepare(lottery, 1)))
                .contains(
                    "topic %s: the replication factor is 1, must be at least 3"
                        .formatted(lottery.betsTopic()),
                    "topic %s: min.insync.replicas is 1, must be at least 2"
                        .formatted(lottery.betsTopic()))
                .hasSize(4));
    KafkaOptions unsafe = new KafkaOptions(lottery.brokers(), lottery.name(), null, Map.of(), true);
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() ->
            assertThat(Topics.check(unsafe).warnings())
                .singleElement()
                .asString()
                .contains("trials"));
  }

  @Test
  void findsDeletedRecordsAddedPartitionsAndATopicMadeAgain() throws Exception {
    var made = cluster.prepare(lottery, 1);
    assertThat(made.lines()).hasSize(2);
    TopicsReader reader = new TopicsReader(admin, lottery);
    Kafka.Layout layout = layout();

    send(lottery.betsTopic());
    var _ =
        admin
            .deleteRecords(
                Map.of(new TopicPartition(lottery.betsTopic(), 0), RecordsToDelete.beforeOffset(1)))
            .all()
            .get();
    assertThat(refusal(() -> Topics.check(lottery)))
        .containsExactly(
            "topic %s, partition 0: the first offset is 1, must be 0: what was before it is deleted"
                .formatted(lottery.betsTopic()));

    var _ =
        admin
            .createPartitions(Map.of(lottery.betsTopic(), NewPartitions.increaseTo(3)))
            .all()
            .get();
    var _ = admin.deleteTopics(List.of(lottery.drawTopic())).all().get();
    Cluster.awaitKnown(admin, lottery.betsTopic(), 3);
    Cluster.awaitKnown(admin, lottery.drawTopic(), 0);
    assertThat(TopicCheck.missing(reader.read(), lottery)).containsExactly(lottery.drawTopic());
    assertThatExceptionOfType(UnsafeTopicsException.class)
        .as("nothing is made beside a topic that is refused")
        .isThrownBy(() -> Topics.prepare(lottery, 3));
    assertThat(TopicCheck.missing(reader.read(), lottery)).containsExactly(lottery.drawTopic());
    var _ =
        admin
            .createTopics(
                List.of(
                    new NewTopic(lottery.drawTopic(), Optional.of(1), Optional.of((short) 3))
                        .configs(TopicCheck.settings(3))))
            .all()
            .get();
    await()
        .ignoreExceptionsInstanceOf(IOException.class) // not every broker knows the topic at once
        .untilAsserted(() ->
            assertThat(layout.changed(layout()))
                .satisfiesExactly(
                    line -> assertThat(line).endsWith("it was deleted and made again"),
                    line -> assertThat(line).endsWith("the number of partitions is 3, must be 1")));
  }

  private Kafka.Layout layout() throws IOException {
    try (Kafka kafka = KafkaClients.open(lottery)) {
      return kafka.layout();
    }
  }

  private void send(String topic) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", lottery.brokers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      assertThat(producer.send(new ProducerRecord<>(topic, new byte[1])).get().offset()).isZero();
    }
  }

  @Test
  void checksWhileABrokerIsAway() throws Exception {
    var made = cluster.prepare(lottery, 3);
    cluster.kill(2);
    try {
      assertThat(Topics.check(lottery).lines()).hasSameSizeAs(made.lines());
    } finally {
      cluster.restart(2);
    }
  }

  @Test
  void saysInOneLineThatNoBrokerAnswers() {
    KafkaOptions nowhere = new KafkaOptions("127.0.0.1:1,127.0.0.1:2", "L", null, Map.of(), false);
    assertThatExceptionOfType(NoBrokersException.class)
        .isThrownBy(() -> Topics.prepare(nowhere, 8))
        .withMessage("no Kafka broker answers at 127.0.0.1:1,127.0.0.1:2 within 10 s");
    KafkaOptions noName = new KafkaOptions("no-such-host.invalid:9092", "L", null, Map.of(), false);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Topics.check(noName))
        .withMessageContaining("no-such-host.invalid:9092")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
  }

  /** Each broker learns of a change by itself, and any of them may be asked. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(30, TimeUnit.SECONDS).ignoreException(AssertionError.class);
  }

  private interface Asked {
    Topics.Report ask() throws IOException;
  }

  private static List<String> refusal(Asked asked) throws IOException {
    try {
      throw new AssertionError("not refused: " + asked.ask());
    } catch (UnsafeTopicsException refused) {
      return refused.wrong();
    }
  }
}
