#!/usr/bin/env bash
# kafka-clients 4.4.0: a member of a group whose clock is set back sends no heartbeat until the clock has caught up.
#
# Heartbeats are due by the time of day. A machine that corrects its clock backwards (a virtual machine that was resumed, a first
# answer of NTP) is silent towards its group for as long as the clock was set back; after session.timeout.ms the coordinator expels
# the member. One would expect poll() to notice, or a callback to be called. Neither is so: polls return as ever, assignment() still
# shows the partition, and onPartitionsLost is not called; here for ten seconds, with a clock set back by an hour, for an hour.
# A transactional producer of the same program goes on committing. So whoever owns something by its membership needs another proof
# (here: the fencing of the transactions).
#
# The clock of the member alone is set, by a library that is preloaded: needs gcc. One broker runs on the loopback.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/clock.c" <<'END'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = (int) syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && clock == CLOCK_REALTIME && access("set-back", F_OK) == 0) {
    now->tv_sec -= 3600;
  }
  return result;
}
END
gcc -O1 -shared -fPIC -o "$folder/clock.so" "$folder/clock.c"

cat >"$folder/Member.java" <<'END'
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

class Member {
  public static void main(String[] arguments) throws Exception {
    String broker = arguments[0];
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty()))).all().get(60, TimeUnit.SECONDS);
    }
    var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker,
                "group.id", "g",
                "group.protocol", "classic",
                "session.timeout.ms", 6000,
                "heartbeat.interval.ms", 500),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(
        List.of("t"),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            System.out.println("member: assigned " + partitions);
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            System.out.println("member: revoked " + partitions);
          }

          @Override
          public void onPartitionsLost(Collection<TopicPartition> partitions) {
            System.out.println("member: lost " + partitions);
          }
        });
    while (consumer.assignment().isEmpty()) {
      consumer.poll(Duration.ofMillis(100));
    }
    poll(consumer, 2);
    Files.createFile(Path.of("set-back"));
    System.out.println("member: the clock is set back");
    poll(consumer, 10);
    System.out.println("member: 10 s later it polls and has " + consumer.assignment());
    Files.createFile(Path.of("look"));
    poll(consumer, 10);
    Runtime.getRuntime().halt(0);
  }

  static void poll(KafkaConsumer<?, ?> consumer, int seconds) {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds); System.nanoTime() < end; ) {
      consumer.poll(Duration.ofMillis(100));
    }
  }
}
END
cat >"$folder/Group.java" <<'END'
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

class Group {
  public static void main(String[] arguments) throws Exception {
    while (!Files.exists(Path.of("look"))) {
      Thread.sleep(100);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
      var group = admin.describeConsumerGroups(List.of("g")).all().get().get("g");
      System.out.printf("group: %s, %d members%n", group.groupState(), group.members().size());
    }
  }
}
END
cd "$folder"
(LD_PRELOAD=$folder/clock.so run Member "$address" >"$folder/member" 2>&1) &
member=$!
run Group "$address" >"$folder/group" 2>&1
wait "$member"
cat "$folder/member" "$folder/group" >"$folder/out"
seen "$folder/out" <<'END'
member: assigned [t-0]
member: the clock is set back
member: 10 s later it polls and has [t-0]
group: Empty, 0 members
END
