#!/usr/bin/env bash
# Kafka 4.4.0: initTransactions() makes nobody the owner, and a fenced producer's transaction without records succeeds.
#
# Two producers of one transactional.id that call initTransactions() one after the other both return. One would expect the first
# one to learn that it is fenced from its next transaction. It does, but only if that has a record: a transaction without one sends
# no request, so beginTransaction() and commitTransaction() succeed for the fenced producer, as often as it likes. So neither call
# is a way to ask "am I the owner still?": a central asks where the partition ends (KafkaLog.requireOwned).
#
# Brokers and client come from Maven Central; one broker runs on the loopback, in the temporary folder, and is killed at the end.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/Fenced.java" <<'END'
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

class Fenced {
  interface Step {
    void run() throws Exception;
  }

  static void say(String what, Step step) {
    try {
      step.run();
      System.out.println(what + ": succeeds");
    } catch (Exception failed) {
      System.out.println(what + ": " + failed.getClass().getSimpleName());
    }
  }

  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty()))).all().get(60, TimeUnit.SECONDS);
    }
    Map<String, Object> settings = Map.of("bootstrap.servers", broker, "transactional.id", "one");
    KafkaProducer<String, String> first = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    KafkaProducer<String, String> second = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    say("first.initTransactions()", first::initTransactions);
    say("second.initTransactions()", second::initTransactions);
    for (int i = 0; i < 2; i++) {
      say("first: a transaction without a record", () -> {
        first.beginTransaction();
        first.commitTransaction();
      });
    }
    say("first: a transaction with one", () -> {
      first.beginTransaction();
      first.send(new ProducerRecord<>("t", "a"));
      first.commitTransaction();
    });
    say("second: a transaction with one", () -> {
      second.beginTransaction();
      second.send(new ProducerRecord<>("t", "b"));
      second.commitTransaction();
    });
    Runtime.getRuntime().halt(0);
  }
}
END
run Fenced "$address" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
first.initTransactions(): succeeds
second.initTransactions(): succeeds
first: a transaction without a record: succeeds
first: a transaction without a record: succeeds
first: a transaction with one: InvalidProducerEpochException
second: a transaction with one: succeeds
END
