package loteria.kafka.brokers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.kafka.options.KafkaOptions;

/**
 * Which topics and brokers keep what they are given: the rules, over plain data. Each line says
 * what is wrong, what it is and what it must be.
 */
final class TopicCheck {
  static final int PARTITIONS_MAX = 64;

  /** In memory of two at least is each bet when it is acknowledged, also while a broker is away. */
  static final int REPLICAS = 3;

  static final int IN_SYNC_MIN = 2;

  /** The first whose brokers let no stale writer add to a transaction of its successor. */
  static final int TRANSACTION_VERSION_MIN = 2;

  private static final String IN_SYNC = "min.insync.replicas";
  private static final String RECORD_BYTES = "max.message.bytes";
  private static final String FLUSH = "flush.messages";
  private static final String BROKER_FLUSH = "log.flush.interval.messages";
  private static final String AUTO_CREATE = "auto.create.topics.enable";

  /** Each with the one value that it may have. */
  private static final Map<String, String> FIXED =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "message.timestamp.type", "LogAppendTime",
          "compression.type", "producer",
          "unclean.leader.election.enable", "false");

  private TopicCheck() {}

  /**
   * The settings that a topic of a lottery is made with.
   *
   * @param replicas of each partition
   */
  static Map<String, String> settings(int replicas) {
    Map<String, String> settings = new TreeMap<>(FIXED);
    settings.put(IN_SYNC, String.valueOf(replicas < REPLICAS ? 1 : IN_SYNC_MIN));
    settings.put(RECORD_BYTES, String.valueOf(ClientSettings.REQUEST_BYTES_MAX));
    settings.put(FLUSH, "1");
    return settings;
  }

  /** The topics of a lottery that do not exist. */
  static List<String> missing(TopicsState state, KafkaOptions options) {
    return Stream.of(options.betsTopic(), options.drawTopic())
        .filter(topic -> !state.topics().containsKey(topic))
        .toList();
  }

  /** Why a central may not serve on these topics; empty if it may. */
  static List<String> wrong(TopicsState state, KafkaOptions options) {
    List<String> wrong = wrongOfWhatIsThere(state, options);
    List<String> missing = missing(state, options);
    if (!missing.isEmpty()) {
      wrong.addFirst(
          "%s %s missing: loteria kafka prepare --kafka %s --name %s makes %s"
              .formatted(
                  missing.stream().map("topic "::concat).collect(Collectors.joining(" and ")),
                  missing.size() == 1 ? "is" : "are",
                  options.brokers(),
                  options.name(),
                  missing.size() == 1 ? "it" : "them"));
    }
    return wrong;
  }

  /** The same, but for topics that are missing; a list that may be added to. */
  static List<String> wrongOfWhatIsThere(TopicsState state, KafkaOptions options) {
    List<String> wrong = new ArrayList<>();
    check(state, options.betsTopic(), PARTITIONS_MAX, options.unsafe(), wrong);
    check(state, options.drawTopic(), 1, options.unsafe(), wrong);
    if (!options.unsafe()) {
      checkTransactions(state, wrong);
    }
    if (state.transactionVersion() < TRANSACTION_VERSION_MIN) {
      wrong.add(
          line(
              "the cluster",
              "transaction.version",
              state.transactionVersion(),
              "at least " + TRANSACTION_VERSION_MIN));
    }
    brokersWithout(state, AUTO_CREATE, "false")
        .forEach((is, who) ->
            wrong.add(line(who, AUTO_CREATE, is, "false, or a deleted topic comes back empty")));
    return wrong;
  }

  /** As {@link Kafka.Layout#changed}. */
  static List<String> changed(Kafka.Layout before, Kafka.Layout now) {
    List<String> changed = new ArrayList<>();
    List<String> topics = List.of("topic %s.bets", "topic %s.draw");
    for (int index = 0; index < topics.size(); index++) {
      if (!now.topics().get(index).equals(before.topics().get(index))) {
        changed.add(
            line(
                topics.get(index).formatted(before.name()),
                "the id",
                now.topics().get(index),
                before.topics().get(index) + ": it was deleted and made again"));
      }
    }
    if (now.betPartitions() != before.betPartitions()) {
      changed.add(
          line(
              topics.getFirst().formatted(before.name()),
              "the number of partitions",
              now.betPartitions(),
              String.valueOf(before.betPartitions())));
    }
    return changed;
  }

  /** What is allowed, but keeps less than it could. */
  static List<String> warnings(TopicsState state, KafkaOptions options) {
    List<String> warnings = new ArrayList<>();
    String why = ": what is acknowledged is lost if all brokers lose their power at once";
    for (String name : List.of(options.betsTopic(), options.drawTopic())) {
      TopicsState.Topic topic = state.topics().get(name);
      if (topic != null && !topic.setting(FLUSH).equals("1")) {
        warnings.add(should("topic " + name, FLUSH, topic.setting(FLUSH), "1" + why));
      }
    }
    brokersWithout(state, BROKER_FLUSH, "1")
        .forEach((is, who) -> warnings.add(should(who, BROKER_FLUSH, is, "1" + why)));
    for (String key : ClientSettings.unknown(options)) {
      warnings.add("property %s of the file is none that Kafka's clients know".formatted(key));
    }
    if (options.unsafe()) {
      warnings.add(
          "topics are taken that lose bets when a broker is lost, since that was asked for: do so"
              + " for trials alone");
    }
    return warnings;
  }

  private static void check(
      TopicsState state, String name, int partitionsMax, boolean unsafe, List<String> wrong) {
    TopicsState.Topic topic = state.topics().get(name);
    if (topic == null) {
      return;
    }
    String where = "topic " + name;
    if (topic.partitions().isEmpty() || topic.partitions().size() > partitionsMax) {
      wrong.add(partitions(name, topic, partitionsMax == 1 ? "1" : "1 to " + partitionsMax));
    }
    checkReplicas(where, topic, unsafe, wrong);
    new TreeMap<>(FIXED)
        .forEach((key, must) -> {
          if (!topic.setting(key).equals(must)) {
            wrong.add(line(where, key, topic.setting(key), must));
          }
        });
    if (number(topic.setting(RECORD_BYTES)) < ClientSettings.REQUEST_BYTES_MAX) {
      wrong.add(
          line(
              where,
              RECORD_BYTES,
              topic.setting(RECORD_BYTES),
              "at least " + ClientSettings.REQUEST_BYTES_MAX));
    }
    for (int partition = 0; partition < topic.partitions().size(); partition++) {
      long first = topic.partitions().get(partition).first();
      if (first != 0) {
        wrong.add(
            line(
                "%s, partition %d".formatted(where, partition),
                "the first offset",
                first,
                "0: what was before it is deleted"));
      }
    }
  }

  private static void checkReplicas(
      String where, TopicsState.Topic topic, boolean unsafe, List<String> wrong) {
    int replicas = topic.replicas();
    if (!unsafe && replicas < REPLICAS) {
      wrong.add(line(where, "the replication factor", replicas, "at least " + REPLICAS));
    }
    long inSync = number(topic.setting(IN_SYNC));
    if (!unsafe && inSync < IN_SYNC_MIN) {
      wrong.add(line(where, IN_SYNC, topic.setting(IN_SYNC), "at least " + IN_SYNC_MIN));
    } else if (inSync >= Math.max(replicas, unsafe ? 2 : REPLICAS)) {
      wrong.add(
          line(
              where,
              IN_SYNC,
              topic.setting(IN_SYNC),
              "below the replication factor of %d, or nothing is stored while a broker is away"
                  .formatted(replicas)));
    }
  }

  /** Nothing is committed but by what the brokers keep of its transaction. */
  private static void checkTransactions(TopicsState state, List<String> wrong) {
    TopicsState.Topic topic = state.topics().get(TopicsState.TRANSACTIONS);
    if (topic == null) {
      checkBrokers(state, "transaction.state.log.replication.factor", REPLICAS, wrong);
      checkBrokers(state, "transaction.state.log.min.isr", IN_SYNC_MIN, wrong);
    } else {
      checkReplicas("topic " + TopicsState.TRANSACTIONS, topic, false, wrong);
    }
  }

  private static void checkBrokers(TopicsState state, String key, int min, List<String> wrong) {
    brokersWithout(state, key, "")
        .forEach((is, who) -> {
          if (number(is) < min) {
            wrong.add(line(who, key, is, "at least " + min));
          }
        });
  }

  /** Each other value that a setting has at some brokers, and who they are. */
  private static Map<String, String> brokersWithout(TopicsState state, String key, String value) {
    Map<String, List<Integer>> who = new TreeMap<>();
    new TreeMap<>(state.brokers())
        .forEach((broker, settings) -> {
          String is = settings.getOrDefault(key, "not known");
          if (!is.equals(value)) {
            who.computeIfAbsent(is, _ -> new ArrayList<>()).add(broker);
          }
        });
    Map<String, String> named = new TreeMap<>();
    who.forEach((is, brokers) ->
        named.put(
            is,
            (brokers.size() == 1 ? "broker " : "brokers ")
                + brokers.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    return named;
  }

  /** A setting as a number; below every other if it is none. */
  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return Long.MIN_VALUE;
    }
  }

  static String partitions(String name, TopicsState.Topic topic, String must) {
    return line("topic " + name, "the number of partitions", topic.partitions().size(), must);
  }

  private static String line(String where, String what, Object is, String must) {
    return "%s: %s is %s, must be %s".formatted(where, what, is, must);
  }

  private static String should(String where, String what, Object is, String should) {
    return "%s: %s is %s, should be %s".formatted(where, what, is, should);
  }
}
