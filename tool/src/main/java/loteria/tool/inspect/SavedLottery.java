package loteria.tool.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.DirectoryLockedException;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.journal.SharedLog;
import loteria.journal.StorageFullException;
import loteria.kafka.LogCopy;
import loteria.kafka.options.KafkaOptions;
import loteria.protocol.Message;
import loteria.runtime.Failures;
import loteria.server.ledger.Ledger;

/**
 * A lottery that several centrals share, saved as the data directory of a central that had it to
 * itself: the records of each partition of the bets, as they came, then the seal and the draw. The
 * sealed file is written as a central's start does, and compared with the seal.
 *
 * <pre>
 *   NAME.bets-0, NAME.bets-1 … -> batches, finishes, closings -> journal -> bets.csv
 *   NAME.draw-0 -> Announced: how many agencies | Sealed, Drawn ----^
 * </pre>
 *
 * @param agencies how many the lottery has; empty if nobody has begun it
 * @param partitions how many the bets have
 * @param undecided what was left out, as {@link LogCopy} says
 */
public record SavedLottery(OptionalInt agencies, int partitions, List<String> undecided) {
  /** Has a list of its own. */
  public SavedLottery {
    undecided = List.copyOf(undecided);
  }

  /**
   * Reads the log of the brokers, as far as it is committed, and changes nothing there.
   *
   * @param directory is there, and empty
   * @throws loteria.kafka.options.NoBrokersException if no broker answers
   * @throws DisagreementException naming the partition and the first offset at which the log is not
   *     that of a lottery
   * @throws IOException if it cannot be read or saved, or has no such lottery; it says why, and the
   *     directory is empty again
   */
  public static SavedLottery save(KafkaOptions options, Path directory) throws IOException {
    return save(to -> LogCopy.of(options, to), directory);
  }

  /** Lays a copy of a log in a directory. */
  @FunctionalInterface
  interface Log {
    LogCopy copy(Directory to) throws IOException;
  }

  /** As {@link #save(KafkaOptions, Path)}, of any log. */
  static SavedLottery save(Log log, Path directory) throws IOException {
    try (Stream<Path> there = Files.list(directory)) {
      if (there.findAny().isPresent()) {
        throw new IOException(directory + ": is not empty");
      }
    }
    try {
      return fill(log, directory);
    } catch (DirectoryLockedException held) {
      throw held;
    } catch (StorageFullException full) {
      clear(directory, full);
      throw Failures.of(directory, full);
    } catch (IOException | RuntimeException failed) {
      clear(directory, failed);
      throw failed;
    }
  }

  private static SavedLottery fill(Log log, Path directory) throws IOException {
    SavedLottery saved;
    try (DataDirectory taken = DataDirectory.take(directory)) {
      saved = new Laying(log.copy(taken), directory).into(taken);
    }
    if (saved.agencies.isPresent()) {
      try (DataDirectory taken = DataDirectory.take(directory)) {
        Ledger.restoreSealedFile(taken, saved.agencies.getAsInt());
      }
    }
    return saved;
  }

  /** Takes away what was made of a lottery that could not be saved whole. */
  private static void clear(Path directory, Exception why) {
    try (Stream<Path> made = Files.list(directory)) {
      for (Path file : made.toList()) {
        Files.delete(file);
      }
    } catch (IOException left) {
      why.addSuppressed(left);
    }
  }

  /** Makes a journal of a log that was copied into its directory. */
  private static final class Laying {
    private final LogCopy copy;
    private final Path directory;

    /** The seal and the draw. */
    private final List<JournalFile.Entry> draw = new ArrayList<>();

    private OptionalInt agencies = OptionalInt.empty();

    Laying(LogCopy copy, Path directory) {
      this.copy = copy;
      this.directory = directory;
    }

    /**
     * Lays the journal, and takes the copy away.
     *
     * @param taken the directory of the copy, whose journal was not opened yet
     */
    SavedLottery into(DataDirectory taken) throws IOException {
      read(copy.betPartitions(), this::takeDraw);
      try (Journal journal = Journal.open(taken.open(DataDirectory.JOURNAL), (_, _) -> {})) {
        Replay lottery = new Replay(agencies, 0);
        for (int partition = 0; partition < copy.betPartitions(); partition++) {
          int number = partition;
          read(
              partition,
              entry -> {
                requirePlace(entry, number);
                requireBegun();
                lottery.take(entry);
                add(entry, journal);
              });
        }
        for (JournalFile.Entry entry : draw) {
          lottery.take(entry);
          add(entry, journal);
        }
        if (!journal.isEmpty()) {
          journal.store(journal.endBlock());
        }
        journal.trim();
      }
      for (int partition = 0; partition <= copy.betPartitions(); partition++) {
        Files.delete(directory.resolve(LogCopy.file(partition)));
      }
      return new SavedLottery(agencies, copy.betPartitions(), copy.undecided());
    }

    private static void add(JournalFile.Entry entry, Journal journal) throws IOException {
      if (!journal.hasRoom(entry.record().remaining())) {
        journal.store(journal.endBlock());
      }
      var _ = journal.add(entry.record());
    }

    private void read(int partition, JournalFile.Visitor visitor) throws IOException {
      Path file = directory.resolve(LogCopy.file(partition));
      try (ReadableStorage storage = FileStorage.openToRead(file)) {
        String name = copy.partition(partition);
        var _ =
            Journal.inspect(
                storage,
                (offset, record) -> visitor.entry(JournalFile.Entry.of(name, offset, record)));
      }
    }

    /** An agency's records are all in one partition: only so do they have an order. */
    private void requirePlace(JournalFile.Entry entry, int partition) throws DisagreementException {
      var _ = entry.message(); // it says something
      if (entry.agency() == 0) {
        throw entry.wrong("a record of the draw, among the bets");
      }
      int right = SharedLog.partition(entry.agency(), copy.betPartitions());
      if (right != partition) {
        throw entry.wrong(
            "a record of agency %d, whose are in %s"
                .formatted(entry.agency(), copy.partition(right)));
      }
    }

    /** Takes what the draw's partition says. */
    private void takeDraw(JournalFile.Entry entry) throws DisagreementException {
      switch (entry.message()) {
        case Message.Announced announced -> {
          requireSame(entry, "partitions", announced.partitions(), copy.betPartitions());
          requireSame(entry, "topics", announced.topics(), copy.topics());
          if (agencies.isPresent()) {
            requireSame(entry, "agencies", announced.agencies(), agencies.getAsInt());
          }
          agencies = OptionalInt.of(announced.agencies());
        }
        case Message.Sealed _, Message.Drawn _ -> {
          requireBegun();
          // The bytes of a record are good until the next one is read.
          ByteBuffer record = entry.record();
          ByteBuffer own = ByteBuffer.allocate(record.remaining());
          own.put(record.duplicate()).flip();
          draw.add(new JournalFile.Entry(entry.file(), entry.offset(), own, entry.content()));
        }
        case Message.Batch _, Message.Finish _, Message.Closed _ ->
            throw entry.wrong("a record of an agency, where the draw's are");
      }
    }

    private static void requireSame(
        JournalFile.Entry entry, String what, Object announced, Object found)
        throws DisagreementException {
      if (!announced.equals(found)) {
        throw entry.wrong(
            "the lottery was begun with other %s than there are: %s, and not %s"
                .formatted(what, announced, found));
      }
    }

    private void requireBegun() throws DisagreementException {
      if (agencies.isEmpty()) {
        throw new DisagreementException(
            copy.partition(copy.betPartitions()),
            0,
            "its first record does not say what the lottery is");
      }
    }
  }
}
