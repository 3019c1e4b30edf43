package loteria.tool.inspect;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import loteria.journal.DataDirectory;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.journal.RecordVisitor;
import loteria.journal.Recovery;
import loteria.lottery.Refusal;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/**
 * A journal that is read and never changed. No lock is taken: a central may hold the directory and
 * append meanwhile, and what it is just writing is seen as an unfinished write at the end.
 *
 * <p>What was read once is what every later reading shows, whatever was appended in between. For
 * one thread.
 */
final class JournalFile implements AutoCloseable {
  private final ReadableStorage storage;
  private long end = Long.MAX_VALUE;

  private JournalFile(ReadableStorage storage) {
    this.storage = storage;
  }

  /** Is shown entries one by one, in the order in which they were appended. */
  @FunctionalInterface
  interface Visitor {
    /** Sees one entry; what it throws ends the reading and reaches the caller as it is. */
    void entry(Entry entry) throws IOException;
  }

  /** Opens a journal that exists. */
  static JournalFile open(Path file) throws IOException {
    return new JournalFile(FileStorage.openToRead(file));
  }

  /** Opens the journal of a data directory. */
  static JournalFile in(Path directory) throws IOException {
    return open(directory.resolve(DataDirectory.JOURNAL));
  }

  /**
   * Shows every record as it lies there, from the first on, in memory bounded by one block.
   *
   * @return what a central that starts now would find
   * @throws loteria.journal.DamagedJournalException if bytes that were once durable are invalid;
   *     the records before them have been shown
   * @throws loteria.journal.ForeignFileException if it is not a journal of this version
   */
  Recovery readRecords(RecordVisitor visitor) throws IOException {
    long known = end;
    try {
      Recovery found =
          Journal.inspect(
              storage,
              (offset, record) -> {
                if (offset < known) {
                  visitor.record(offset, record);
                }
              });
      end = Math.min(known, found.keptBytes());
      return found;
    } catch (EOFException shorter) {
      throw tryAgain(shorter);
    }
  }

  private static IOException tryAgain(EOFException shorter) {
    return new IOException(
        "the journal became shorter while it was read, as when a central without room takes a"
            + " write back: try again",
        shorter);
  }

  /** As {@link #readRecords}, each record decoded. */
  Recovery read(Visitor visitor) throws IOException {
    return readRecords(
        (offset, record) -> visitor.entry(Entry.of(DataDirectory.JOURNAL, offset, record)));
  }

  /** One record once more, by the offset at which it was shown. */
  ByteBuffer at(long offset) throws IOException {
    try {
      return Journal.read(storage, offset);
    } catch (EOFException shorter) {
      throw tryAgain(shorter);
    }
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }

  /**
   * A record of the journal, decoded.
   *
   * @param file what that is called, as messages do
   * @param offset where it is in the file, its length included
   * @param record its bytes, good until the visitor returns
   * @param content what it says, a {@link Message.Entry}, or why it says nothing
   */
  record Entry(String file, long offset, ByteBuffer record, Decoded content) {

    static Entry of(String file, long offset, ByteBuffer record) {
      return new Entry(file, offset, record, decode(record));
    }

    private static Decoded decode(ByteBuffer record) {
      return switch (FrameReader.decode(record)) {
        case FrameReader.Broken broken -> malformed(broken.reason());
        case FrameReader.NeedMore _ -> throw new AssertionError("a record is decoded whole");
        case FrameReader.Whole whole ->
            switch (whole.decode()) {
              case Decoded.Malformed malformed -> malformed;
              case Message.Entry entry -> entry;
              case Message other ->
                  malformed("a %s is never journalled".formatted(other.getClass().getSimpleName()));
            };
      };
    }

    private static Decoded malformed(String reason) {
      return new Decoded.Malformed(Refusal.BAD_FRAME, 0, reason);
    }

    /**
     * What it says.
     *
     * @throws DisagreementException if it says nothing
     */
    Message.Entry message() throws DisagreementException {
      return switch (content) {
        case Message.Entry message -> message;
        case Decoded.Malformed _ -> throw unreadable();
        case Message other -> throw new AssertionError(other);
      };
    }

    /** Whose it is; 0 if it is no agency's. */
    int agency() {
      return switch (content) {
        case Message.Batch batch -> batch.agency();
        case Message.Finish finish -> finish.agency();
        case Message.Closed closed -> closed.agency();
        default -> 0;
      };
    }

    /** That it says nothing, and why. */
    DisagreementException unreadable() {
      if (!(content instanceof Decoded.Malformed(_, int row, String reason))) {
        throw new AssertionError(content);
      }
      return wrong(
          row == 0
              ? "a record that is not of a lottery: " + reason
              : "a batch whose bet %d is invalid: %s".formatted(row, reason));
    }

    /** That something is wrong at this record. */
    DisagreementException wrong(String what) {
      return new DisagreementException(file, offset, what);
    }
  }
}
