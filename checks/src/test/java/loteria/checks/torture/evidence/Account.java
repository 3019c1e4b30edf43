package loteria.checks.torture.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import loteria.checks.process.Found;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a journal is found to hold, against what was promised and what was sent. It takes the bets
 * as they come, by no rule of the lottery, so that it can count what a broken central would do.
 */
public final class Account {
  /** docs/JOURNAL.md. */
  private static final int BLOCK_HEADER_BYTES = 24;

  private static final Duration DECIDED_MAX = Duration.ofSeconds(30);
  private static final Duration ASK_AGAIN = Duration.ofMillis(100);

  private final Map<Integer, List<String>> found = new HashMap<>();
  private long stale;

  private Account() {}

  /**
   * Counts the bets that were promised, those of them that are not there, and those that are there
   * once too often.
   *
   * @param sent the rows of agency 1, 2…
   */
  public static Evidence of(Path journal, Promises promises, List<List<String>> sent)
      throws IOException {
    Account account = new Account();
    account.read(journal);
    return account.against(promises, sent);
  }

  /**
   * The same of the topic of a shared lottery's bets, and which of its records are no piece of a
   * journal: a central has written them that did not know of the one before.
   */
  public static Evidence ofTopic(
      String brokers, String topic, Promises promises, List<List<String>> sent) throws IOException {
    Account account = new Account();
    account.readTopic(brokers, topic);
    return account.against(promises, sent).plus(new Evidence(0, 0, 0, account.stale));
  }

  private Evidence against(Promises promises, List<List<String>> sent) {
    Evidence evidence = Evidence.NONE;
    for (int k = 1; k <= sent.size(); k++) {
      List<String> rows = found.getOrDefault(k, List.of());
      evidence = evidence.plus(count(rows, sent.get(k - 1), promises.to(k)));
    }
    return evidence;
  }

  private static Evidence count(List<String> found, List<String> sent, long promised) {
    assertThat(promised).as("promised, of the bets sent").isLessThanOrEqualTo(sent.size());
    Set<String> once = new HashSet<>(found);
    long lost = sent.subList(0, (int) promised).stream().filter(row -> !once.contains(row)).count();
    once.retainAll(new HashSet<>(sent));
    return new Evidence(promised, lost, found.size() - once.size());
  }

  private void read(Path journal) throws IOException {
    try (ReadableStorage storage = FileStorage.openToRead(journal)) {
      var _ = Journal.inspect(storage, (position, record) -> take(record));
    }
  }

  private void take(ByteBuffer record) {
    if (FrameReader.decode(record) instanceof FrameReader.Whole whole
        && whole.decode() instanceof Message.Batch batch) {
      found.computeIfAbsent(batch.agency(), agency -> new ArrayList<>()).addAll(Found.rows(batch));
    }
  }

  private void readTopic(String brokers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers, "read_committed")) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      awaitDecided(brokers, consumer, all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      Map<TopicPartition, Long> sizes = new HashMap<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          TopicPartition partition = new TopicPartition(topic, record.partition());
          long size = sizes.getOrDefault(partition, 0L);
          ByteBuffer piece = ByteBuffer.wrap(record.value());
          if (isNext(piece, size)) {
            sizes.put(partition, size + piece.remaining());
          } else {
            stale++;
          }
          takeBlock(piece);
        }
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String brokers, String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", brokers, "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * Waits until all that is there now is committed or aborted: brokers that were all killed may
   * have answered a commit and complete it only when they serve again. Gives up after a while:
   * brokers that lost their disk's last writes may never complete it.
   */
  private static void awaitDecided(
      String brokers, KafkaConsumer<byte[], byte[]> committed, List<TopicPartition> all) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers, "read_uncommitted")) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long began = System.nanoTime();
      while (System.nanoTime() - began < DECIDED_MAX.toNanos()
          && committed.endOffsets(all).entrySet().stream()
              .anyMatch(stable -> stable.getValue() < ends.getOrDefault(stable.getKey(), 0L))) {
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  private static boolean isNext(ByteBuffer piece, long size) {
    try {
      Journal.checkPiece(piece, size);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** The records of a block, wherever it belongs; a file header has none. */
  private void takeBlock(ByteBuffer block) {
    int index = BLOCK_HEADER_BYTES;
    while (index + Short.BYTES <= block.limit()) {
      int length = Short.toUnsignedInt(block.getShort(index));
      take(block.slice(index + Short.BYTES, length));
      index += Short.BYTES + length;
    }
  }
}
