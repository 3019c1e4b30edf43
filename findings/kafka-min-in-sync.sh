#!/usr/bin/env bash
# Kafka 4.4.0: min.insync.replicas of 2 on a topic of one replica does not refuse a write with acks=all.
#
# By the documentation of 4.4.0 a write with acks=all fails with NotEnoughReplicas if fewer replicas are in sync than the setting says;
# and a topic with fewer replicas than that could not be written at all (KIP-579 tells of it). One would expect that whoever sets 2 is
# never told that a record is stored while there is one copy. Seen: what counts is the smaller one of the setting and the number of
# replicas, since 3.7.0 (KAFKA-21110 asks to document it). Such a topic shows 2, has one replica in sync, and takes records and
# transactions; only a replica that the topic has and that lags is missed. So a topic that was made with too few replicas is not
# noticed by its first write, but when a disk is lost.
# Centrals ask each partition for three replicas, beside the setting, and the log of transactions too (TopicCheck).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/InSync.java" <<'END'
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;

class InSync {
  static final String TOPIC = "bets";

  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      NewTopic topic = new NewTopic(TOPIC, Optional.of(1), Optional.of((short) 1)).configs(Map.of("min.insync.replicas", "2"));
      admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
      String setting = admin.describeConfigs(List.of(resource)).all().get().get(resource).get("min.insync.replicas").value();
      var partition = admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC).partitions().getFirst();
      System.out.printf(
          "min.insync.replicas %s, replicas %d, in sync %d%n", setting, partition.replicas().size(), partition.isr().size());
    }
    write("acks=all", Map.of("bootstrap.servers", broker, "acks", "all"));
    write("transaction", Map.of("bootstrap.servers", broker, "acks", "all", "transactional.id", "one"));
    Runtime.getRuntime().halt(0);
  }

  static void write(String how, Map<String, Object> settings) throws Exception {
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      boolean transactional = settings.containsKey("transactional.id");
      if (transactional) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      long offset = producer.send(new ProducerRecord<>(TOPIC, "7574")).get().offset();
      if (transactional) {
        producer.commitTransaction();
      }
      System.out.println(how + ": acknowledged, at offset " + offset);
    } catch (ExecutionException refused) {
      System.out.println(how + ": " + refused.getCause());
    }
  }
}
END
run InSync "$address" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
min.insync.replicas 2, replicas 1, in sync 1
acks=all: acknowledged, at offset 0
transaction: acknowledged, at offset 1
END
