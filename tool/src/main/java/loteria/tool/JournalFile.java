package loteria.tool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.Recovery;
import loteria.journal.Storage;
import loteria.server.LedgerState;

/**
 * A journal that is read and never changed. No lock is taken: a central may hold the directory and
 * append meanwhile, and what it is just writing is seen as an unfinished write at the end. For one
 * thread.
 */
final class JournalFile implements AutoCloseable {
  private final Storage storage;

  private JournalFile(Storage storage) {
    this.storage = storage;
  }

  /** Is shown the records one by one, in the order in which they were appended. */
  @FunctionalInterface
  interface Visitor {
    /** Sees one record; what it throws ends the reading and reaches the caller as it is. */
    void record(JournalRecord record) throws IOException;
  }

  /** Opens a journal that exists, by its own name or its data directory's. */
  static JournalFile open(Path path) throws IOException {
    return Files.isDirectory(path) ? in(path) : new JournalFile(FileStorage.openToRead(path));
  }

  /** Opens the journal of a data directory. */
  static JournalFile in(Path directory) throws IOException {
    return new JournalFile(FileStorage.openToRead(directory.resolve(LedgerState.JOURNAL_NAME)));
  }

  /**
   * Shows every record, from the first on, in memory bounded by one block; it may be called again.
   *
   * @return what a central that starts now would find
   * @throws loteria.journal.DamagedJournalException if bytes that were once durable are invalid;
   *     the records before them have been shown
   * @throws loteria.journal.ForeignFileException if it is not a journal of this version
   */
  Recovery read(Visitor visitor) throws IOException {
    try {
      return Journal.inspect(
          storage, (offset, record) -> visitor.record(JournalRecord.of(offset, record)));
    } catch (EOFException shorter) {
      throw new IOException(
          "the journal became shorter while it was read, as when a central without room takes a"
              + " write back: try again",
          shorter);
    }
  }

  /** One record once more, by the offset at which it was shown. */
  JournalRecord at(long offset) throws IOException {
    return JournalRecord.of(offset, Journal.read(storage, offset));
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
