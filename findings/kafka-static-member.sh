#!/usr/bin/env bash
# Kafka 4.4.0: with group.protocol=consumer a static member that was killed and is started again is refused, where "classic" lets it in.
#
# group.instance.id is there so that a process that restarts comes back as the same member; of two with one id the classic protocol
# keeps the newer one, and fences the older one. One would expect the same of the new protocol (KIP-848), which the same consumer
# speaks by one setting. Seen: the older one is kept. As long as the group has not missed the one that was killed (45 seconds by
# default), the poll of its successor throws UnreleasedInstanceIdException. That is final: later polls of the same consumer throw nothing
# and give nothing, also when the id is free again; one has to be made anew. So a supervisor that starts a killed program at once, which
# was harmless, now starts one that fails, or that is up and reads nothing. (KAFKA-16566 tells the difference, of Kafka's own tests.)
# Centrals are members of the classic protocol, and no static ones: that setting is taken out of an operator's properties.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/Member.java" <<'END'
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

class Member {
  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    String protocol = arguments[1];
    String group = arguments[2];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic("bets", Optional.of(1), Optional.empty()))).all().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException thereAlready) {
      // Each start of this program asks for it.
    }
    var consumer = make(broker, protocol, group);
    System.out.println(arguments[3] + ": " + poll(consumer, 40));
    if (group.equals("beside")) {
      var second = make(broker, protocol, group);
      System.out.println("  a second one beside it: " + poll(second, 40));
      consumer.close();
      System.out.println("  the second one, when the first one is closed: " + poll(second, 10));
      System.out.println("  a third one: " + poll(make(broker, protocol, group), 40));
    }
    Runtime.getRuntime().halt(0); // as if it was killed: it does not leave the group
  }

  static KafkaConsumer<String, String> make(String broker, String protocol, String group) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker, "group.protocol", protocol, "group.id", group, "group.instance.id", "central-1");
    var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of("bets"));
    return consumer;
  }

  /** Polls until a partition is assigned, or for so long. */
  static String poll(KafkaConsumer<String, String> consumer, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (consumer.assignment().isEmpty() && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100));
      }
      return "is assigned " + consumer.assignment();
    } catch (RuntimeException thrown) {
      return "throws " + thrown.getClass().getSimpleName();
    }
  }
}
END
"${java%java}javac" -cp "$folder/*" -d "$folder" "$folder/Member.java"
# member PROTOCOL GROUP WORDS: starts a member, shows it by those words, and kills it
member() {
  "$java" -XX:TieredStopAtLevel=1 -cp "$folder:$folder/*" Member "$address" "$@"
}
{
  for protocol in classic consumer; do
    member $protocol $protocol "$protocol, started"
    member $protocol $protocol "$protocol, killed and started again"
  done
  member consumer beside "consumer, started"
} >"$folder/out" 2>&1
seen "$folder/out" <<'END'
classic, started: is assigned [bets-0]
classic, killed and started again: is assigned [bets-0]
consumer, started: is assigned [bets-0]
consumer, killed and started again: throws UnreleasedInstanceIdException
consumer, started: is assigned [bets-0]
  a second one beside it: throws UnreleasedInstanceIdException
  the second one, when the first one is closed: is assigned []
  a third one: is assigned [bets-0]
END
