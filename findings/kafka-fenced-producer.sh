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

cat >"$folder/pom.xml" <<'END'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.4.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
END
mvn -q -B -Dstyle.color=never -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$folder" -DincludeScope=runtime

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
controller=$(free_port)
cat >"$folder/server.properties" <<END
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:$controller
log.dirs=$folder/log
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
END
"$java" -cp "$folder/*" kafka.tools.StorageTool format -t AAAAAAAAAAAAAAAAAAAAAQ -c "$folder/server.properties" --standalone >/dev/null
"$java" -Xmx256m -XX:TieredStopAtLevel=1 -cp "$folder/*" kafka.Kafka "$folder/server.properties" >"$folder/broker" 2>&1 &
broker=$!
trap 'kill -9 $broker 2>/dev/null; wait $broker 2>/dev/null || true; rm -rf "$folder"' EXIT

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
run Fenced "127.0.0.1:$port" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
first.initTransactions(): succeeds
second.initTransactions(): succeeds
first: a transaction without a record: succeeds
first: a transaction without a record: succeeds
first: a transaction with one: InvalidProducerEpochException
second: a transaction with one: succeeds
END
