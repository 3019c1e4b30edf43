package loteria.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import loteria.journal.Directory;
import loteria.kafka.brokers.Kafka;
import loteria.kafka.brokers.KafkaClients;
import loteria.kafka.brokers.Topics;
import loteria.kafka.options.KafkaOptions;

/**
 * The log of a lottery as far as it is committed now, copied once: for programs that are no
 * central. Of the brokers it only reads; it joins no group and begins no transaction.
 *
 * <p>Each partition is a file {@code partition-N}, as a central keeps it, and a journal byte for
 * byte. What the draw's partition says follows from what those of the bets have.
 *
 * @param name of the lottery
 * @param betPartitions how many partitions the bets have; that number is the draw's
 * @param topics the ids of the topics, that of the bets first
 * @param undecided what was left out, a line for each partition in which a transaction hangs
 */
public record LogCopy(String name, int betPartitions, List<UUID> topics, List<String> undecided) {
  /** How long a commit that is under way is waited for; what is not decided then is left out. */
  private static final long DECIDED_MILLIS_MAX = 10_000;

  public LogCopy {
    topics = List.copyOf(topics);
    undecided = List.copyOf(undecided);
  }

  /**
   * Copies the log into a directory.
   *
   * @throws loteria.kafka.options.NoBrokersException if no broker answers
   * @throws IOException saying in one line what else keeps it from being read: topics that are
   *     missing, bets that were deleted, a record that does not belong there
   */
  public static LogCopy of(KafkaOptions options, Directory directory) throws IOException {
    Topics.requireThere(options);
    try (Kafka kafka = KafkaClients.open(options)) {
      return over(kafka, directory, DECIDED_MILLIS_MAX);
    }
  }

  /** As {@link #of}, over other brokers, which stay the caller's. */
  static LogCopy over(Kafka kafka, Directory directory, long decidedMillisMax) throws IOException {
    Kafka.Layout layout = kafka.layout();
    // The draw's first: what it says was said after the bets of which it speaks were committed.
    long[] ends = new long[layout.partitions()];
    List<String> undecided = new ArrayList<>();
    for (int partition = layout.betPartitions(); partition >= 0; partition--) {
      ends[partition] = decidedEnd(kafka, layout, partition, decidedMillisMax, undecided);
    }
    List<Copy> copies = new ArrayList<>();
    try {
      for (int partition = 0; partition < layout.partitions(); partition++) {
        copies.add(Copy.open(directory, partition, layout.partition(partition)));
      }
      try (Kafka.Reader reader = kafka.reader()) {
        read(reader, layout, ends, copies);
      }
    } finally {
      for (Copy copy : copies) {
        copy.closeFile();
      }
    }
    return new LogCopy(layout.name(), layout.betPartitions(), layout.topics(), undecided);
  }

  /** What messages call a partition: {@code NAME.bets-3}. */
  public String partition(int number) {
    return new Kafka.Layout(name, betPartitions, topics).partition(number);
  }

  /** The file that a partition's copy is in. */
  public static String file(int partition) {
    return Copy.name(partition);
  }

  /** Where the partition ends as of now, or, if somebody hangs, where it is decided. */
  private static long decidedEnd(
      Kafka kafka,
      Kafka.Layout layout,
      int partition,
      long decidedMillisMax,
      List<String> undecided)
      throws IOException {
    Waiting waiting = new Waiting();
    Kafka.Offsets now = kafka.offsets(partition);
    now.requireBeginning(layout.partition(partition));
    long end = now.last();
    while (now.stable() < end && !waiting.isLongerThan(decidedMillisMax)) {
      Waiting.pause();
      now = kafka.offsets(partition);
    }
    if (now.stable() < end) {
      undecided.add(
          "%s has a transaction at offset %d that is not decided yet: what is there was left out"
              .formatted(layout.partition(partition), now.stable()));
    }
    return Math.min(end, now.stable());
  }

  private static void read(Kafka.Reader reader, Kafka.Layout layout, long[] ends, List<Copy> copies)
      throws IOException {
    Kafka.Sink sink =
        (partition, offset, value) -> {
          if (offset < ends[partition]) {
            copies.get(partition).follow(value, offset);
          }
        };
    Waiting waiting = new Waiting();
    for (int partition = 0; partition < ends.length; partition++) {
      while (!reader.hasReached(partition, ends[partition])) {
        reader.poll(Waiting.STEP_MILLIS, sink);
        if (!waiting.goesOn(copies.stream().mapToLong(Copy::size).sum())) {
          throw Waiting.silence(
              layout.partition(partition), copies.get(partition), ends[partition]);
        }
      }
      reader.pause(partition);
    }
  }
}
