package loteria.kafka.brokers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loteria.kafka.options.BadClientSettingsException;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.NoBrokersException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers about the topics of a lottery, and has them made. Each call takes bounded time;
 * none changes a topic that exists. Thread-safe.
 */
final class TopicsReader {
  /** The client itself gives up earlier. */
  private static final int ANSWER_MILLIS_MAX =
      ClientSettings.ASK_MILLIS_MAX + ClientSettings.REQUEST_MILLIS;

  private static final String TRANSACTION_VERSION = "transaction.version";

  private final Admin admin;
  private final KafkaOptions options;

  TopicsReader(Admin admin, KafkaOptions options) {
    this.admin = admin;
    this.options = options;
  }

  /**
   * A client to ask with.
   *
   * @throws BadClientSettingsException if Kafka's clients refuse the file of properties
   * @throws NoBrokersException if no name of a broker has an address
   */
  static Admin admin(KafkaOptions options) throws IOException {
    try {
      ClientSettings.check(options);
      return Admin.create(ClientSettings.admin(options));
    } catch (KafkaException wrong) {
      String why = options.withoutSecrets(oneLine(KafkaClients.root(wrong)));
      throw why.contains("bootstrap")
          ? new NoBrokersException(
              "no Kafka broker has an address at %s: %s".formatted(options.brokers(), why))
          : new BadClientSettingsException(why, wrong);
    }
  }

  /**
   * How many brokers serve.
   *
   * @throws NoBrokersException if none answers
   */
  int brokers() throws IOException {
    return nodes().size();
  }

  /**
   * All that there is to check.
   *
   * @throws NoBrokersException if no broker answers
   * @throws IOException if it cannot be had: that says nothing about the topics
   */
  TopicsState read() throws IOException {
    Map<Integer, Map<String, String>> brokers = new HashMap<>();
    settings(ConfigResource.Type.BROKER, nodes().stream().map(Node::idString).toList())
        .forEach((id, settings) -> brokers.put(Integer.valueOf(id), settings));
    if (brokers.isEmpty()) {
      throw new IOException("no broker at %s shows its settings".formatted(options.brokers()));
    }
    List<TopicDescription> described = described();
    Map<String, Map<String, String>> settings =
        settings(
            ConfigResource.Type.TOPIC, described.stream().map(TopicDescription::name).toList());
    Map<String, TopicsState.Topic> topics = new HashMap<>();
    for (TopicDescription topic : described) {
      Map<String, String> its = settings.get(topic.name());
      if (its != null) {
        topics.put(topic.name(), topic(topic, its));
      }
    }
    return new TopicsState(brokers, transactionVersion(), topics);
  }

  private Collection<Node> nodes() throws IOException {
    try {
      return get(admin.describeCluster().nodes());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw nobody();
      }
      throw failure("which brokers there are", failed);
    } catch (TimeoutException _) {
      throw nobody();
    }
  }

  private NoBrokersException nobody() {
    return new NoBrokersException(
        "no Kafka broker answers at %s within %d s"
            .formatted(options.brokers(), ClientSettings.ASK_MILLIS_MAX / 1000));
  }

  private int transactionVersion() throws IOException {
    FinalizedVersionRange range =
        answer("the cluster's features", admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get(TRANSACTION_VERSION);
    return range == null ? 0 : range.maxVersionLevel();
  }

  /** The topics that exist. */
  private List<TopicDescription> described() throws IOException {
    List<String> names =
        List.of(options.betsTopic(), options.drawTopic(), TopicsState.TRANSACTIONS);
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(names).topicNameValues();
    List<TopicDescription> described = new ArrayList<>();
    for (String name : names) {
      try {
        described.add(get(Objects.requireNonNull(asked.get(name))));
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure("topic " + name, failed);
        }
      } catch (TimeoutException late) {
        throw failure("topic " + name, late);
      }
    }
    return described;
  }

  /**
   * All settings of some topics or brokers, which are asked at once. One that is gone is left out:
   * a topic is not known to each broker at once, and a broker that has just died is still named by
   * the others.
   */
  private Map<String, Map<String, String>> settings(ConfigResource.Type type, List<String> names)
      throws IOException {
    Map<ConfigResource, KafkaFuture<Config>> asked =
        admin
            .describeConfigs(names.stream().map(name -> new ConfigResource(type, name)).toList())
            .values();
    Map<String, Map<String, String>> all = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> one : asked.entrySet()) {
      try {
        Map<String, String> settings = new HashMap<>();
        for (ConfigEntry entry : get(one.getValue()).entries()) {
          if (entry.value() != null) {
            settings.put(entry.name(), entry.value());
          }
        }
        all.put(one.getKey().name(), settings);
      } catch (ExecutionException failed) {
        if (!isGone(type, failed)) {
          throw failure("the settings of " + one.getKey().name(), failed);
        }
      } catch (TimeoutException late) {
        throw failure("the settings of " + one.getKey().name(), late);
      }
    }
    return all;
  }

  private static boolean isGone(ConfigResource.Type type, ExecutionException failed) {
    return failed.getCause() instanceof UnknownTopicOrPartitionException
        || (type == ConfigResource.Type.BROKER
            && failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException);
  }

  private TopicsState.Topic topic(TopicDescription described, Map<String, String> settings)
      throws IOException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    if (!described.isInternal()) {
      described
          .partitions()
          .forEach(partition ->
              asked.put(
                  new TopicPartition(described.name(), partition.partition()),
                  OffsetSpec.earliest()));
    }
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> first =
        asked.isEmpty()
            ? Map.of()
            : answer("where topic " + described.name() + " begins", admin.listOffsets(asked).all());
    return new TopicsState.Topic(
        id(described.topicId()),
        described.partitions().stream()
            .map(partition -> {
              var offset = first.get(new TopicPartition(described.name(), partition.partition()));
              return new TopicsState.Partition(
                  partition.replicas().size(), offset == null ? 0 : offset.offset());
            })
            .toList(),
        settings);
  }

  /** The same 128 bits. */
  static UUID id(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** Has topics made, but those that exist by now. */
  void make(List<NewTopic> topics) throws IOException {
    Map<String, KafkaFuture<Void>> making = admin.createTopics(topics).values();
    for (NewTopic topic : topics) {
      try {
        KafkaFuture<Void> made = making.get(topic.name());
        if (made != null) {
          var _ = get(made);
        }
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof TopicExistsException)) {
          throw new IOException(
              "topic %s cannot be made: %s".formatted(topic.name(), why(failed)), failed);
        }
      } catch (TimeoutException late) {
        throw failure("to make topic " + topic.name(), late);
      }
    }
  }

  private <T> T answer(String what, KafkaFuture<T> future) throws IOException {
    try {
      return get(future);
    } catch (ExecutionException | TimeoutException failed) {
      throw failure(what, failed);
    }
  }

  private static <T> T get(KafkaFuture<T> future)
      throws InterruptedIOException, ExecutionException, TimeoutException {
    try {
      return future.get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the brokers were asked");
    }
  }

  private IOException failure(String what, Exception failed) {
    return new IOException(
        "the brokers at %s do not tell %s: %s".formatted(options.brokers(), what, why(failed)),
        failed);
  }

  private String why(Exception failed) {
    return options.withoutSecrets(oneLine(failed.getCause() == null ? failed : failed.getCause()));
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    String said = message == null ? "" : message.lines().findFirst().orElse("");
    return said.isEmpty() ? cause.getClass().getSimpleName() : said;
  }
}
