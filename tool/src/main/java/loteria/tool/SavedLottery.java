package loteria.tool;

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
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.Storage;
import loteria.kafka.KafkaOptions;
import loteria.kafka.LogCopy;
import loteria.protocol.Message;
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
 */
record SavedLottery(OptionalInt agencies, int partitions) {

  /**
   * Reads the log of the brokers, as far as it is committed, and changes nothing there.
   *
   * @param directory is there, and empty
   * @throws loteria.kafka.NoBrokersException if no broker answers
   * @throws DisagreementException naming the partition and the first offset at which the log is not
   *     that of a lottery
   * @throws IOException if it cannot be read or saved, or has no such lottery; it says why
   */
  static SavedLottery save(KafkaOptions options, Path directory) throws IOException {
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
    SavedLottery saved;
    try (DataDirectory taken = DataDirectory.take(directory)) {
      saved = lay(log.copy(taken), directory, taken);
    }
    if (saved.agencies.isPresent()) {
      try (DataDirectory taken = DataDirectory.take(directory)) {
        Ledger.restoreSealedFile(taken, saved.agencies.getAsInt());
      }
    }
    return saved;
  }

  /**
   * Lays the journal of a log that was copied, and takes the copy away.
   *
   * @param directory where the copy is
   * @param taken the same, whose journal was not opened yet
   */
  private static SavedLottery lay(LogCopy copy, Path directory, DataDirectory taken)
      throws IOException {
    Draw draw = Draw.read(copy, directory);
    Writer writer = new Writer(Journal.open(taken.open(DataDirectory.JOURNAL), (_, _) -> {}));
    try (writer) {
      Replay lottery = new Replay(draw.agencies, 0);
      for (int partition = 0; partition < copy.betPartitions(); partition++) {
        int number = partition;
        read(
            copy,
            directory,
            partition,
            entry -> {
              requirePlace(entry, number, copy);
              draw.requireBegun();
              lottery.take(entry);
              writer.add(entry.record());
            });
      }
      for (JournalFile.Entry entry : draw.entries) {
        lottery.take(entry);
        writer.add(entry.record());
      }
      writer.finish();
    }
    for (int partition = 0; partition <= copy.betPartitions(); partition++) {
      Files.delete(directory.resolve(LogCopy.file(partition)));
    }
    return new SavedLottery(draw.agencies, copy.betPartitions());
  }

  private static void read(LogCopy copy, Path directory, int partition, JournalFile.Visitor visitor)
      throws IOException {
    Path file = directory.resolve(LogCopy.file(partition));
    try (Storage storage = FileStorage.openToRead(file)) {
      String name = copy.partition(partition);
      var _ =
          Journal.inspect(
              storage,
              (offset, record) -> visitor.entry(JournalFile.Entry.of(name, offset, record)));
    }
  }

  /** An agency's records are all in one partition: only so do they have an order. */
  private static void requirePlace(JournalFile.Entry entry, int partition, LogCopy copy)
      throws DisagreementException {
    int agency =
        switch (entry.message()) {
          case Message.Batch batch -> batch.agency();
          case Message.Finish finish -> finish.agency();
          case Message.Closed closed -> closed.agency();
          case Message.Announced _, Message.Sealed _, Message.Drawn _ ->
              throw entry.wrong("a record of the draw, among the bets");
        };
    int right = Math.floorMod(agency - 1, copy.betPartitions());
    if (right != partition) {
      throw entry.wrong(
          "a record of agency %d, whose are in %s".formatted(agency, copy.partition(right)));
    }
  }

  /** What the draw's partition says. */
  private static final class Draw {
    private final String partition;
    private final List<JournalFile.Entry> entries = new ArrayList<>();
    private OptionalInt agencies = OptionalInt.empty();

    private Draw(String partition) {
      this.partition = partition;
    }

    static Draw read(LogCopy copy, Path directory) throws IOException {
      Draw draw = new Draw(copy.partition(copy.betPartitions()));
      SavedLottery.read(copy, directory, copy.betPartitions(), entry -> draw.take(entry, copy));
      return draw;
    }

    private void take(JournalFile.Entry entry, LogCopy copy) throws DisagreementException {
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
          entries.add(kept(entry));
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

    /** The same, in a buffer of its own. */
    private static JournalFile.Entry kept(JournalFile.Entry entry) {
      ByteBuffer record = entry.record();
      ByteBuffer own = ByteBuffer.allocate(record.remaining());
      own.put(0, record, record.position(), record.remaining());
      return new JournalFile.Entry(entry.file(), entry.offset(), own, entry.content());
    }

    void requireBegun() throws DisagreementException {
      if (agencies.isEmpty()) {
        throw new DisagreementException(
            partition, 0, "its first record does not say what the lottery is");
      }
    }
  }

  /** Fills blocks of a journal. */
  private static final class Writer implements AutoCloseable {
    private final Journal journal;

    Writer(Journal journal) {
      this.journal = journal;
    }

    void add(ByteBuffer record) throws IOException {
      if (!journal.hasRoom(record.remaining())) {
        store();
      }
      var _ = journal.add(record);
    }

    private void store() throws IOException {
      if (!journal.isEmpty()) {
        journal.store(journal.seal());
      }
    }

    void finish() throws IOException {
      store();
      journal.trim();
    }

    @Override
    public void close() throws IOException {
      journal.close();
    }
  }
}
