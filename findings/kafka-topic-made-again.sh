#!/usr/bin/env bash
# Kafka 4.4.0: a topic that is deleted and made again is the same one for the producer and the consumer of before.
#
# Since Kafka 2.8 each topic has an id (KIP-516), and clients fetch and write by it. One would expect clients that were at work to
# notice that the topic of this name is another one: at the latest a consumer with auto.offset.reset=none, and a transactional
# producer. Seen: the ids differ, and no call fails. The producer goes on in the new topic. The consumer goes on at its old position,
# and passes over as many offsets of the new topic as it had read of the old one; without an exception if the new topic is long
# enough by then. So centrals keep the ids that they began with, compare them each minute, and doubt a commit at an offset that was
# there before.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/Again.java" <<'END'
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

class Again {
  static Uuid make(Admin admin) throws Exception {
    var made = admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty())));
    made.all().get(60, TimeUnit.SECONDS);
    return made.topicId("t").get();
  }

  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    TopicPartition partition = new TopicPartition("t", 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker));
        var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "transactional.id", "one"),
                new StringSerializer(),
                new StringSerializer());
        var consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "auto.offset.reset", "none", "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
      Uuid first = make(admin);
      producer.initTransactions();
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      write(producer, "old", 3);
      read(consumer, 3);
      admin.deleteTopics(List.of("t")).all().get(60, TimeUnit.SECONDS);
      Thread.sleep(1000);
      Uuid second = make(admin);
      System.out.println("another id: " + !first.equals(second));
      write(producer, "new", 5);
      read(consumer, 2);
      System.out.println("position " + consumer.position(partition) + ", end " + consumer.endOffsets(List.of(partition)));
    }
    Runtime.getRuntime().halt(0);
  }

  static void write(KafkaProducer<String, String> producer, String what, int count) throws Exception {
    for (int i = 1; i <= count; i++) {
      producer.beginTransaction();
      var written = producer.send(new ProducerRecord<>("t", what + " " + i));
      producer.commitTransaction();
      System.out.println("written: " + what + " " + i + " at " + written.get().offset());
    }
  }

  static void read(KafkaConsumer<String, String> consumer, int count) {
    List<String> read = new ArrayList<>();
    while (read.size() < count) {
      consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
    }
    consumer.poll(Duration.ofSeconds(1)).forEach(record -> read.add(record.value()));
    System.out.println("read: " + read);
  }
}
END
run Again "$address" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
written: old 1 at 0
written: old 2 at 2
written: old 3 at 4
read: [old 1, old 2, old 3]
another id: true
written: new 1 at 0
written: new 2 at 2
written: new 3 at 4
written: new 4 at 6
written: new 5 at 8
read: [new 4, new 5]
position 10, end {t-0=10}
END
