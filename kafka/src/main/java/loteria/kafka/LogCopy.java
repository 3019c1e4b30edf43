package loteria.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import loteria.journal.Directory;
import loteria.journal.Journal;
import org.apache.kafka.clients.admin.Admin;

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
 */
public record LogCopy(String name, int betPartitions, List<UUID> topics) {
  /** How long a commit that is under way is waited for; what is not decided then is left out. */
  private static final long DECIDED_MILLIS_MAX = 10_000;

  /** How long nothing may come while there is something to read. */
  private static final long SILENCE_MILLIS_MAX = 60_000;

  private static final long POLL_MILLIS = 50;

  public LogCopy {
    topics = List.copyOf(topics);
  }

  /**
   * Copies the log into a directory.
   *
   * @throws NoBrokersException if no broker answers
   * @throws IOException saying in one line what else keeps it from being read: topics that are
   *     missing, bets that were deleted, a record that does not belong there
   */
  public static LogCopy of(KafkaOptions options, Directory directory) throws IOException {
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
    try (Kafka kafka = KafkaClients.open(options)) {
      return over(kafka, directory, DECIDED_MILLIS_MAX);
    }
  }

  /** As {@link #of}, over other brokers, which stay the caller's. */
  static LogCopy over(Kafka kafka, Directory directory, long decidedMillisMax) throws IOException {
    Kafka.Layout layout = kafka.layout();
    // The draw's first: what it says was said after the bets of which it speaks were committed.
    long[] ends = new long[layout.partitions()];
    for (int partition = layout.betPartitions(); partition >= 0; partition--) {
      ends[partition] = decidedEnd(kafka, layout, partition, decidedMillisMax);
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
    return new LogCopy(layout.name(), layout.betPartitions(), layout.topics());
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
      Kafka kafka, Kafka.Layout layout, int partition, long decidedMillisMax) throws IOException {
    long begun = System.nanoTime();
    Kafka.Offsets now = kafka.offsets(partition);
    if (now.first() != 0) {
      throw new IOException(
          "%s begins at offset %d, not 0: bets were deleted from it, by retention or by hand"
              .formatted(layout.partition(partition), now.first()));
    }
    long end = now.last();
    while (now.stable() < end && !hasPassed(decidedMillisMax, begun)) {
      pause();
      now = kafka.offsets(partition);
    }
    return Math.min(end, now.stable());
  }

  private static void read(Kafka.Reader reader, Kafka.Layout layout, long[] ends, List<Copy> copies)
      throws IOException {
    Kafka.Sink sink =
        (partition, offset, value) -> {
          if (offset < ends[partition]) {
            append(layout, copies.get(partition), partition, offset, value);
          }
        };
    long since = System.nanoTime();
    long seen = 0;
    for (int partition = 0; partition < ends.length; partition++) {
      while (!reader.hasReached(partition, ends[partition])) {
        reader.poll(POLL_MILLIS, sink);
        long size = copies.stream().mapToLong(Copy::size).sum();
        if (size > seen) {
          seen = size;
          since = System.nanoTime();
        } else if (hasPassed(SILENCE_MILLIS_MAX, since)) {
          throw new IOException(
              "%s was read up to offset %d of %d, and nothing more came for %d seconds"
                  .formatted(
                      layout.partition(partition),
                      copies.get(partition).next(),
                      ends[partition],
                      SILENCE_MILLIS_MAX / 1_000));
        }
      }
      reader.pause(partition);
    }
  }

  private static void append(
      Kafka.Layout layout, Copy copy, int partition, long offset, ByteBuffer value)
      throws IOException {
    try {
      Journal.checkPiece(value, copy.size());
    } catch (IOException foreign) {
      throw new IOException(
          "%s has a record at offset %d that does not belong to the lottery: %s"
              .formatted(layout.partition(partition), offset, foreign.getMessage()),
          foreign);
    }
    copy.append(value, offset);
  }

  private static boolean hasPassed(long millis, long since) {
    return System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the log was read");
    }
  }
}
