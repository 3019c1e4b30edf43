package loteria.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import loteria.journal.FencedException;
import loteria.kafka.brokers.Cluster;
import loteria.kafka.brokers.Kafka;
import loteria.kafka.brokers.KafkaClients;
import loteria.kafka.options.KafkaOptions;
import loteria.runtime.settings.HostPort;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several centrals of one program over real brokers. */
@Tag("kafka")
@Timeout(180)
final class KafkaLogOnBrokersTest {
  private static final int BET_PARTITIONS = 2;
  private static final int DRAW = BET_PARTITIONS;

  @TempDir private Path folder;

  private final List<Central> centrals = new ArrayList<>();
  private KafkaOptions lottery;

  @BeforeEach
  void prepareTopics() throws IOException {
    Cluster cluster = Cluster.running();
    lottery = cluster.lottery();
    var _ = cluster.prepare(lottery, BET_PARTITIONS);
  }

  @AfterEach
  void closeAll() throws IOException {
    for (Central central : centrals) {
      central.close();
    }
  }

  @Test
  void oneCentralOwnsAllAndAnotherGetsItsShareAndSeesTheSameBytes() throws Exception {
    Central a = start("a", 7001);
    soon().until(() -> a.log.owned().size() == BET_PARTITIONS + 1);
    for (int partition = 0; partition <= DRAW; partition++) {
      soon().until(owns(a, partition));
      a.append(partition, "uno", "dos");
      a.append(partition, "x".repeat(60_000), "y".repeat(60_000));
    }

    Central b = start("b", 7002);
    soon().until(() -> !b.log.owned().isEmpty());
    int moved = b.log.owned().getFirst();
    soon().until(owns(b, moved));
    assertThat(b.found.get(moved)).startsWith("uno", "dos").hasSize(4);
    b.append(moved, "tres");

    soon().until(() -> a.log.owned().size() + b.log.owned().size() == BET_PARTITIONS + 1);
    for (int partition = 0; partition <= DRAW; partition++) {
      int same = partition;
      soon().untilAsserted(() -> assertThat(a.copy(same)).isEqualTo(b.copy(same)).isNotEmpty());
    }
    soon()
        .untilAsserted(() -> {
          assertThat(a.log.owner(moved)).hasValue("127.0.0.2:7002");
          assertThat(b.log.owners()).hasSize(BET_PARTITIONS + 1);
        });
    assertThat(a.calls).contains("revoked " + moved);
    assertThat(a.failures).isEmpty();
    assertThat(b.failures).isEmpty();
    assertThat(a.lines()).contains("action: open_kafka | result: success | name: ");
    assertThat(a.lines()).doesNotContain("result: fail");
  }

  @Test
  void whoeverClosesLeavesAtOnceAndTheOtherHasEverything() throws Exception {
    Central a = start("a", 7001);
    soon().until(() -> a.log.owned().size() == BET_PARTITIONS + 1);
    soon().until(owns(a, 0));
    for (int block = 0; block < 20; block++) {
      a.append(0, "bloque " + block);
    }
    Central b = start("b", 7002);
    soon().until(() -> !b.log.owned().isEmpty());

    long begun = System.nanoTime();
    a.log.close();
    long closed = System.nanoTime() - begun;

    soon().until(() -> b.log.owned().size() == BET_PARTITIONS + 1);
    soon().until(owns(b, 0));
    assertThat(b.found.get(0))
        .isEqualTo(IntStream.range(0, 20).mapToObj(block -> "bloque " + block).toList());
    assertThat(Duration.ofNanos(closed)).isLessThan(Duration.ofSeconds(10));
    assertThat(a.failures).isEmpty();
    assertThat(b.failures).isEmpty();
  }

  /** As a central that is frozen, so that the group takes it for dead, and thaws. */
  @Test
  void aZombieIsFenced() throws Exception {
    Central a = start("a", 7001);
    for (int partition = 0; partition <= DRAW; partition++) {
      soon().until(owns(a, partition));
    }
    a.append(0, "uno");

    try (Kafka other = KafkaClients.open(lottery);
        Kafka.Writer writer = other.writer(0)) {
      byte[] before = a.copy(0);
      assertThatThrownBy(() -> a.append(0, "zombi")).hasCauseInstanceOf(FencedException.class);

      assertThat(a.copy(0)).isEqualTo(before);
      assertThat(a.lines()).contains("action: lose_partition | result: fail | partition: ");
      assertThat(writer).isNotNull();
    }
    Central b = start("b", 7002);
    soon().untilAsserted(() -> assertThat(b.copy(0)).isEqualTo(a.copy(0)));
    assertThat(new String(b.copy(0), UTF_8)).doesNotContain("zombi");
  }

  @Test
  void aTransactionUnderWayIsDecidedByWhoeverTakesOver() throws Exception {
    Central a = start("a", 7001);
    soon().until(owns(a, 0));
    a.append(0, "uno");
    byte[] whole = a.copy(0);
    try (Producer<byte[], byte[]> dying =
        Cluster.producer(lottery, "%s.bets-0".formatted(lottery.name()))) {
      dying.initTransactions();
      dying.beginTransaction();
      dying.send(new ProducerRecord<>(lottery.betsTopic(), 0, null, new byte[100])).get();
      try (Kafka brokers = KafkaClients.open(lottery)) {
        Kafka.Offsets undecided = brokers.offsets(0);
        assertThat(undecided.stable()).isLessThan(undecided.last());

        brokers.writer(0).close();

        Kafka.Offsets decided = brokers.offsets(0);
        assertThat(decided.stable()).isEqualTo(decided.last()).isGreaterThan(undecided.last());
      }
      dying.close(Duration.ZERO);
    }
    Central b = start("b", 7002);
    soon().untilAsserted(() -> assertThat(b.copy(0)).isEqualTo(whole));
    assertThat(b.failures).isEmpty();
  }

  @Test
  void aRecordOfSomebodyElseEndsTheFollowing() throws Exception {
    try (Kafka brokers = KafkaClients.open(lottery);
        Kafka.Writer writer = brokers.writer(1)) {
      assertThat(writer.commit("una apuesta".getBytes(UTF_8))).isZero();
    }

    Central a = start("a", 7001);

    soon().until(() -> !a.failures.isEmpty());
    assertThat(a.failures.getFirst())
        .hasMessageContaining(lottery.name() + ".bets-1 has a record at offset 0");
  }

  @Test
  void theLargestBlockIsCommittedAndRead() throws Exception {
    try (Kafka brokers = KafkaClients.open(lottery);
        Kafka.Writer writer = brokers.writer(1);
        Kafka.Reader reader = brokers.reader()) {
      byte[] largest = new byte[Kafka.RECORD_BYTES_MAX];
      largest[largest.length - 1] = 7;
      long offset = writer.commit(largest);
      List<ByteBuffer> read = new ArrayList<>();

      soon()
          .until(() -> {
            reader.poll(
                100,
                (_, _, value) ->
                    read.add(ByteBuffer.allocate(value.remaining()).put(value).flip()));
            return reader.hasReached(1, brokers.offsets(1).last());
          });

      assertThat(offset).isZero();
      assertThat(read).singleElement().isEqualTo(ByteBuffer.wrap(largest));
    }
  }

  private Central start(String name, int port) throws IOException {
    KafkaOptions options =
        new KafkaOptions(
            lottery.brokers(),
            lottery.name(),
            new HostPort("127.0.0." + (port - 7000), port),
            lottery.properties(),
            lottery.unsafe());
    Central central =
        Central.start(
            folder.resolve(name), (directory, lines) -> KafkaLog.open(options, directory, lines));
    centrals.add(central);
    return central;
  }

  private static Callable<Boolean> owns(Central central, int partition) {
    return () -> central.owns(partition);
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(60));
  }
}
