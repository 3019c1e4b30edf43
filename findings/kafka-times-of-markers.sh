#!/usr/bin/env bash
# Kafka 4.4.0: who asks for the offset of a time gets that of a transaction's end, which is no record and has the broker's time.
#
# offsetsForTimes gives "the earliest offset whose timestamp is greater than or equal to the given timestamp". With records of an
# earlier time (bets that are loaded later, with the time at which they were placed) in transactions, one would expect the offset of
# the first record from that time on, and null if there is none. Seen: the first commit marker, whose time is the broker's clock, is
# as good as a record. So the answer is nearly the beginning of the topic, never null, and a consumer that seeks there reads what is
# too early. OffsetSpec.maxTimestamp() is a marker as well. Isolation level read_committed does not help.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/Times.java" <<'END'
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

class Times {
  static long january(int day) {
    return Instant.parse("2020-01-%02dT00:00:00Z".formatted(day)).toEpochMilli();
  }

  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      for (String topic : List.of("plain", "transactions")) {
        NewTopic made = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("retention.ms", "-1"));
        admin.createTopics(List.of(made)).all().get(60, TimeUnit.SECONDS);
        boolean transactional = topic.equals("transactions");
        Map<String, Object> settings =
            transactional
                ? Map.of("bootstrap.servers", broker, "transactional.id", "one")
                : Map.of("bootstrap.servers", broker);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
          if (transactional) {
            producer.initTransactions();
          }
          for (int day = 1; day <= 3; day++) {
            if (transactional) {
              producer.beginTransaction();
            }
            producer.send(new ProducerRecord<>(topic, 0, january(day), null, "January " + day)).get();
            if (transactional) {
              producer.commitTransaction();
            }
          }
        }
        look(admin, broker, new TopicPartition(topic, 0));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  static void look(Admin admin, String broker, TopicPartition partition) throws Exception {
    var records = new TreeMap<Long, String>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (records.size() < 3) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> records.put(record.offset(), record.value()));
      }
      System.out.println(partition.topic() + ": " + records);
      for (int day = 3; day <= 4; day++) {
        var found = consumer.offsetsForTimes(Map.of(partition, january(day))).get(partition);
        System.out.printf(
            "from January %d on: %s%n",
            day, found == null ? "nothing" : found.offset() + ", " + records.getOrDefault(found.offset(), "no record"));
        if (found != null) {
          consumer.seek(partition, found.offset());
          String first = null;
          while (first == null) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
              first = first == null ? record.value() : first;
            }
          }
          System.out.println("  who seeks there reads first: " + first);
        }
      }
    }
    long last = admin.listOffsets(Map.of(partition, OffsetSpec.maxTimestamp())).all().get().get(partition).offset();
    System.out.println("the last time: " + records.getOrDefault(last, "no record"));
  }
}
END
run Times "$address" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
plain: {0=January 1, 1=January 2, 2=January 3}
from January 3 on: 2, January 3
  who seeks there reads first: January 3
from January 4 on: nothing
the last time: January 3
transactions: {0=January 1, 2=January 2, 4=January 3}
from January 3 on: 1, no record
  who seeks there reads first: January 2
from January 4 on: 1, no record
  who seeks there reads first: January 2
the last time: no record
END
