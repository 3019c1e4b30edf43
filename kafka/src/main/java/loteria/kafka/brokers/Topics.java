package loteria.kafka.brokers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.NoBrokersException;
import loteria.kafka.options.UnsafeTopicsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics of a lottery: makes those that are missing, and looks at those that exist, which are
 * never changed. Each call asks the brokers some ten times, for ten seconds each at most.
 */
public final class Topics {
  /** How many partitions the bets have, unless said otherwise. */
  public static final int PARTITIONS_DEFAULT = 8;

  /** The most partitions that the bets may have. */
  public static final int PARTITIONS_MAX = TopicCheck.PARTITIONS_MAX;

  /** How long it may take until each broker knows of a topic that was made. */
  private static final Duration KNOWN_MAX = Duration.ofSeconds(10);

  /** How long it may take until each broker knows of all that have just been started. */
  private static final Duration STARTED_MAX = Duration.ofSeconds(5);

  private static final long AGAIN_MILLIS = 100;

  /**
   * What was done, or found.
   *
   * @param lines what there is, a line each
   * @param warnings what could be better, a line each
   */
  public record Report(List<String> lines, List<String> warnings) {
    public Report {
      lines = List.copyOf(lines);
      warnings = List.copyOf(warnings);
    }
  }

  private Topics() {}

  /**
   * Makes the topics of a lottery, if they are missing, and checks all.
   *
   * @param partitions of the bets, 1 to {@link #PARTITIONS_MAX}; never to be changed afterwards
   * @throws NoBrokersException if no broker answers
   * @throws UnsafeTopicsException if topics or brokers are not as they have to be
   * @throws IOException if the topics cannot be made, or the brokers cannot be asked
   */
  public static Report prepare(KafkaOptions options, int partitions) throws IOException {
    if (partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new IllegalArgumentException(
          "partitions of %d is not between 1 and %d".formatted(partitions, PARTITIONS_MAX));
    }
    try (Admin admin = TopicsReader.admin(options)) {
      TopicsReader reader = new TopicsReader(admin, options);
      int brokers =
          last(
              reader::brokers,
              found -> options.unsafe() || found >= TopicCheck.REPLICAS,
              STARTED_MAX);
      if (brokers < TopicCheck.REPLICAS && !options.unsafe()) {
        throw new IOException(
            "%d %s at %s, and bets are safe on %d at least"
                .formatted(
                    brokers,
                    brokers == 1 ? "broker serves" : "brokers serve",
                    options.brokers(),
                    TopicCheck.REPLICAS));
      }
      TopicsState before = reader.read();
      List<String> missing = TopicCheck.missing(before, options);
      // What is there is looked at first: nothing is made beside topics that are refused.
      List<String> wrong = TopicCheck.wrongOfWhatIsThere(before, options);
      TopicsState.Topic bets = before.topics().get(options.betsTopic());
      if (bets != null && bets.partitions().size() != partitions) {
        wrong.add(TopicCheck.partitions(options.betsTopic(), bets, partitions + ", as asked for"));
      }
      refuse(wrong);
      if (!missing.isEmpty()) {
        reader.make(
            missing.stream()
                .map(name -> topic(options, name, partitions, replicas(brokers)))
                .toList());
      }
      TopicsState after =
          last(reader::read, state -> TopicCheck.missing(state, options).isEmpty(), KNOWN_MAX);
      refuse(TopicCheck.wrong(after, options));
      return report(after, options, missing);
    }
  }

  /**
   * Checks the topics of a lottery, and the brokers, as a central does when it starts.
   *
   * @throws NoBrokersException if no broker answers
   * @throws UnsafeTopicsException if they are not as they have to be, or are missing
   * @throws IOException if the brokers cannot be asked
   */
  public static Report check(KafkaOptions options) throws IOException {
    try (Admin admin = TopicsReader.admin(options)) {
      TopicsState state = new TopicsReader(admin, options).read();
      refuse(TopicCheck.wrong(state, options));
      return report(state, options, List.of());
    }
  }

  /**
   * Looks whether the topics of a lottery exist.
   *
   * @throws NoBrokersException if no broker answers
   * @throws IOException if one is missing, in one line, or the brokers cannot be asked
   */
  public static void requireThere(KafkaOptions options) throws IOException {
    try (Admin admin = TopicsReader.admin(options)) {
      List<String> missing = TopicCheck.missing(new TopicsReader(admin, options).read(), options);
      if (!missing.isEmpty()) {
        throw new IOException(
            "there is no lottery %s at %s: no %s"
                .formatted(
                    options.name(),
                    options.brokers(),
                    missing.stream().map("topic "::concat).collect(Collectors.joining(", no "))));
      }
    }
  }

  private static void refuse(List<String> wrong) throws UnsafeTopicsException {
    if (!wrong.isEmpty()) {
      throw new UnsafeTopicsException(wrong);
    }
  }

  private static int replicas(int brokers) {
    return Math.min(brokers, TopicCheck.REPLICAS);
  }

  private static NewTopic topic(KafkaOptions options, String name, int partitions, int replicas) {
    return new NewTopic(
            name,
            Optional.of(name.equals(options.betsTopic()) ? partitions : 1),
            Optional.of((short) replicas))
        .configs(TopicCheck.settings(replicas));
  }

  private interface Asked<T> {
    T ask() throws IOException;
  }

  /** Asks until the answer is good, or has not been for so long: the last answer. */
  private static <T> T last(Asked<T> asked, Predicate<T> good, Duration most) throws IOException {
    long began = System.nanoTime();
    while (true) {
      T answer = asked.ask();
      if (good.test(answer) || System.nanoTime() - began > most.toNanos()) {
        return answer;
      }
      try {
        Thread.sleep(AGAIN_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the brokers were asked");
      }
    }
  }

  private static Report report(TopicsState state, KafkaOptions options, List<String> made) {
    List<String> lines = new ArrayList<>();
    for (String name : List.of(options.betsTopic(), options.drawTopic())) {
      TopicsState.Topic topic = state.topics().get(name);
      if (topic != null) {
        lines.add(
            "topic %s %s: partitions: %d | replication factor: %d | min.insync.replicas: %s | id: %s"
                .formatted(
                    name,
                    made.contains(name) ? "made" : "found",
                    topic.partitions().size(),
                    topic.replicas(),
                    topic.setting("min.insync.replicas"),
                    topic.id()));
      }
    }
    return new Report(lines, TopicCheck.warnings(state, options));
  }
}
