package loteria.kafka.brokers;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What brokers have said of a lottery's topics, and of themselves: plain data, true a moment ago.
 *
 * @param brokers the settings of each broker that answered, by its number
 * @param transactionVersion of the cluster's transactions; 0 if it does not say
 * @param topics those of the lottery and {@link #TRANSACTIONS}, by name; one that does not exist is
 *     not in it
 */
record TopicsState(
    Map<Integer, Map<String, String>> brokers, int transactionVersion, Map<String, Topic> topics) {

  /** Where the brokers keep what became of each transaction. It is made when first used. */
  static final String TRANSACTIONS = "__transaction_state";

  TopicsState {
    brokers = Map.copyOf(brokers);
    topics = Map.copyOf(topics);
  }

  /**
   * A topic.
   *
   * @param id another one is another topic, though its name is the same
   * @param partitions in their order
   * @param settings all of them, the defaults too
   */
  record Topic(UUID id, List<Partition> partitions, Map<String, String> settings) {
    Topic {
      partitions = List.copyOf(partitions);
      settings = Map.copyOf(settings);
    }

    /** How many replicas the partition with the fewest has. */
    int replicas() {
      return partitions.stream().mapToInt(Partition::replicas).min().orElse(0);
    }

    /** A setting, or in words that it is not known. */
    String setting(String key) {
      return settings.getOrDefault(key, "not known");
    }
  }

  /**
   * A partition.
   *
   * @param replicas how many there are to be
   * @param first the offset at which it begins: 0 if no record was ever deleted; not asked for, and
   *     0, of the brokers' own topics
   */
  record Partition(int replicas, long first) {}
}
