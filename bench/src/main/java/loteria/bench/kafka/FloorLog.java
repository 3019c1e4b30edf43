package loteria.bench.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor under a partition, a program: reads one into memory, as far as it is committed, and, if
 * another topic is named, commits the same records there, each in a transaction of its own.
 */
final class FloorLog {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int REQUEST_BYTES_MAX = 2 << 20;
  private static final int FETCH_BYTES_MAX = 16 << 20;

  private FloorLog() {}

  /**
   * Says {@code read BYTES in NANOS in RECORDS records}, and {@code committed in NANOS}, one line.
   *
   * @param arguments the brokers, the topic, and perhaps another one
   */
  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    List<byte[]> records = read(arguments[0], arguments[1]);
    long nanos = System.nanoTime() - start;
    long bytes = records.stream().mapToLong(record -> record.length).sum();
    long committing = arguments.length < 3 ? 0 : commit(arguments[0], arguments[2], records);
    System.out.printf(
        "bytes: %d records: %d read: %d committed: %d %n",
        bytes, records.size(), nanos, committing);
  }

  private static List<byte[]> read(String brokers, String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", brokers,
            "isolation.level", "read_committed",
            "max.partition.fetch.bytes", REQUEST_BYTES_MAX,
            "fetch.max.bytes", FETCH_BYTES_MAX);
    List<byte[]> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          records.add(record.value());
        }
      }
    }
    return records;
  }

  private static long commit(String brokers, String topic, List<byte[]> records) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", brokers,
            "transactional.id", topic,
            "linger.ms", 0,
            "max.request.size", REQUEST_BYTES_MAX);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      long start = System.nanoTime();
      for (byte[] record : records) {
        producer.beginTransaction();
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, 0, null, record));
        producer.commitTransaction();
        long offset = sent.get().offset();
        assert offset >= 0 : offset;
      }
      return System.nanoTime() - start;
    }
  }
}
