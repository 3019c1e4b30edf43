package loteria.kafka.brokers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import loteria.kafka.options.KafkaOptions;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * What is fixed of each client of Kafka's: safety hangs on it, or how soon a central is missed. All
 * else is the user's file's.
 */
final class ClientSettings {
  /** The largest request: a block of a journal has up to 1 MiB, and a header. */
  static final int REQUEST_BYTES_MAX = 2 << 20;

  /** After so long a broker that does not answer is left for another: it may be frozen. */
  static final int REQUEST_MILLIS = 2_000;

  /** The longest that a commit, or a take-over, is waited for. */
  static final int COMMIT_MILLIS_MAX = 30_000;

  /** An answer to what is asked beside the log: topics, offsets, the group. */
  static final int ASK_MILLIS_MAX = 10_000;

  /**
   * When the brokers themselves give up a transaction. Well above the longest commit: one that
   * takes long because leaders change must not look like fencing.
   */
  private static final int TRANSACTION_MILLIS_MAX = 60_000;

  /** A central that is silent for so long has lost its partitions: no broker allows less. */
  private static final int SESSION_MILLIS = 6_000;

  /** It is by an answer to these that a member hears of what others leave to it. */
  private static final int HEARTBEAT_MILLIS = 500;

  /** How long an orderly giving back of partitions may take. */
  private static final int REVOKE_MILLIS_MAX = 300_000;

  private static final int RETRY_MILLIS = 50;
  private static final int FETCH_BYTES_MAX = 16 << 20;

  private ClientSettings() {}

  /**
   * Has Kafka look at the settings of all clients.
   *
   * @throws org.apache.kafka.common.config.ConfigException if one is not of its kind
   */
  static void check(KafkaOptions options) {
    var _ = new AdminClientConfig(admin(options));
    var _ = new ProducerConfig(producer(options, options.name()));
    var _ = new ConsumerConfig(follower(options));
    var _ = new ConsumerConfig(member(options));
  }

  /** The properties that no client of Kafka's knows; what plugs into one may know them. */
  static List<String> unknown(KafkaOptions options) {
    Set<String> known = new HashSet<>(AdminClientConfig.configNames());
    known.addAll(ProducerConfig.configNames());
    known.addAll(ConsumerConfig.configNames());
    return options.properties().keySet().stream().filter(key -> !known.contains(key)).toList();
  }

  /** Of a client that asks about topics, offsets and groups. */
  static Map<String, Object> admin(KafkaOptions options) {
    Map<String, Object> settings = common(options, "admin");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ASK_MILLIS_MAX);
    return settings;
  }

  /** Of the only one that may write to a partition. */
  static Map<String, Object> producer(KafkaOptions options, String transactionalId) {
    Map<String, Object> settings = common(options, transactionalId);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS_MAX);
    settings.put(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, false);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, COMMIT_MILLIS_MAX);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, COMMIT_MILLIS_MAX);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    return settings;
  }

  /** Of the one that follows all partitions. */
  static Map<String, Object> follower(KafkaOptions options) {
    Map<String, Object> settings = consumer(options, "follower");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, REQUEST_BYTES_MAX);
    return settings;
  }

  /**
   * Of the one that is a member of the group, and reads nothing. Its client id is the address of
   * the central: so the group is the directory of who owns what.
   */
  static Map<String, Object> member(KafkaOptions options) {
    Map<String, Object> settings = consumer(options, "member");
    settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, String.valueOf(options.peer()));
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, REVOKE_MILLIS_MAX);
    // With "none" a poll fails even for partitions that are about to be paused.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return settings;
  }

  private static Map<String, Object> consumer(KafkaOptions options, String role) {
    Map<String, Object> settings = common(options, role);
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.CHECK_CRCS_CONFIG, true);
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class.getName());
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
    return settings;
  }

  private static Map<String, Object> common(KafkaOptions options, String role) {
    Map<String, Object> settings = new HashMap<>(options.properties());
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.brokers());
    settings.put(
        CommonClientConfigs.CLIENT_ID_CONFIG,
        options.peer() == null ? options.name() + "." + role : options.peer() + "." + role);
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    settings.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, RETRY_MILLIS);
    // Nobody reads them: no beans are registered, and nothing is pushed to the brokers.
    settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }
}
