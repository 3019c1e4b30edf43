#!/usr/bin/env bash
# Kafka 4.4.0: a broker takes any name for a setting at run time, mistyped or a topic's, and does nothing with it.
#
# Settings of a topic are checked: a name that is none is refused, with the name. One would expect the same of a broker's, which are
# set by the same call (incrementalAlterConfigs, or kafka-configs.sh), and of which a bad value and a setting that needs a restart are
# refused. Seen: a name that the broker does not know is accepted, for one broker and for all, also if the call is to validate only. It
# is kept, as if a plugin of the broker might know it, and shown as a secret without a value. A likely slip is the topic's name: retention.ms
# for log.retention.ms, or flush.messages for log.flush.interval.messages. The call succeeds, and records are deleted, or not flushed,
# as before. So who sets a broker has to read back what is in force: `loteria kafka check` does, before a central relies on it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

start_kafka 4.4.0

cat >"$folder/Setting.java" <<'END'
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

class Setting {
  static final ConfigResource TOPIC = new ConfigResource(ConfigResource.Type.TOPIC, "bets");
  static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER, "1");
  static final ConfigResource ALL_BROKERS = new ConfigResource(ConfigResource.Type.BROKER, "");

  public static void main(String[] arguments) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
      admin.createTopics(List.of(new NewTopic("bets", Optional.of(1), Optional.empty()))).all().get(60, TimeUnit.SECONDS);
      set(admin, "topic", TOPIC, "flush.mesages", "1", false);
      set(admin, "topic", TOPIC, "log.flush.interval.messages", "1", false);
      set(admin, "topic", TOPIC, "flush.messages", "1", false);
      set(admin, "broker", BROKER, "log.flush.interval.messages", "one", false);
      set(admin, "broker", BROKER, "auto.create.topics.enable", "false", false);
      set(admin, "broker", BROKER, "log.flush.interval.mesages", "1", true);
      set(admin, "broker", BROKER, "log.flush.interval.mesages", "1", false);
      set(admin, "all brokers", ALL_BROKERS, "flush.messages", "1", false);
      show(admin, "flush.messages", null, "log.flush.interval.mesages", "flush.messages", "log.flush.interval.messages");
      set(admin, "broker", BROKER, "log.flush.interval.messages", "1", false);
      show(admin, "log.flush.interval.messages", "1", "log.flush.interval.messages");
    }
  }

  static void set(Admin admin, String what, ConfigResource resource, String name, String value, boolean validate) throws Exception {
    var set = List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
    String answer = "accepted";
    try {
      admin.incrementalAlterConfigs(Map.of(resource, set), new AlterConfigsOptions().validateOnly(validate)).all().get();
    } catch (ExecutionException refused) {
      answer = "refused: " + refused.getCause().getMessage();
    }
    System.out.printf("%s, %s=%s%s: %s%n", what, name, value, validate ? ", to validate" : "", answer);
  }

  /** What a broker says once it has heard of the last change, which takes a moment: until a setting has a value. */
  static void show(Admin admin, String changed, String value, String... names) throws Exception {
    var settings = admin.describeConfigs(List.of(BROKER)).all().get().get(BROKER);
    for (int tries = 0; tries < 200 && !is(settings.get(changed), value); tries++) {
      Thread.sleep(100);
      settings = admin.describeConfigs(List.of(BROKER)).all().get().get(BROKER);
    }
    for (String name : names) {
      ConfigEntry setting = settings.get(name);
      System.out.printf("  in force: %s=%s, %s%s%n", name, setting.value(), setting.source(), setting.isSensitive() ? ", secret" : "");
    }
  }

  static boolean is(ConfigEntry setting, String value) {
    return setting != null && Objects.equals(setting.value(), value);
  }
}
END
run Setting "$address" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
topic, flush.mesages=1: refused: Unknown topic config name: flush.mesages
topic, log.flush.interval.messages=1: refused: Unknown topic config name: log.flush.interval.messages
topic, flush.messages=1: accepted
broker, log.flush.interval.messages=one: refused: Invalid value one for configuration log.flush.interval.messages: Not a number of type LONG
broker, auto.create.topics.enable=false: refused: Cannot update these configs dynamically: [auto.create.topics.enable]
broker, log.flush.interval.mesages=1, to validate: accepted
broker, log.flush.interval.mesages=1: accepted
all brokers, flush.messages=1: accepted
  in force: log.flush.interval.mesages=null, DYNAMIC_BROKER_CONFIG, secret
  in force: flush.messages=null, DYNAMIC_DEFAULT_BROKER_CONFIG, secret
  in force: log.flush.interval.messages=9223372036854775807, DEFAULT_CONFIG
broker, log.flush.interval.messages=1: accepted
  in force: log.flush.interval.messages=1, DYNAMIC_BROKER_CONFIG
END
