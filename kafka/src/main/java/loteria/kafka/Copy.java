package loteria.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.journal.Storage;

/**
 * The local copy of a partition: what is committed, as far as it is known here. It is made anew at
 * each start, and so it is never synced: what is lost of it is read again.
 *
 * <p>One thread at a time appends: that of the follower, or whoever owns the partition. Any thread
 * reads.
 */
final class Copy implements ReadableStorage {
  private final String name;
  private final Storage file;
  private volatile long size;
  private volatile long next; // the offset behind the last record that counts

  private Copy(String name, Storage file) {
    this.name = name;
    this.file = file;
  }

  /** The name of its file. */
  static String name(int partition) {
    return "partition-" + partition;
  }

  /** An empty copy in the file {@code partition-N}. */
  static Copy open(Directory directory, int partition, String name) throws IOException {
    Storage file = directory.open(name(partition));
    try {
      file.truncate(0);
      return new Copy(name, file);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /**
   * Appends a record that somebody else has committed at an offset. It has to be the next piece of
   * the partition's journal.
   */
  void follow(ByteBuffer record, long offset) throws IOException {
    try {
      Journal.checkPiece(record, size);
    } catch (IOException foreign) {
      throw new IOException(
          "%s has a record at offset %d that does not belong to the lottery: %s"
              .formatted(name, offset, foreign.getMessage()),
          foreign);
    }
    append(record, offset);
  }

  /**
   * Appends the record that is committed at an offset, which is behind all that was before; if it
   * is not, the topic was made again, or its end was lost.
   */
  void append(ByteBuffer record, long offset) throws IOException {
    if (offset < next) {
      throw new IOException(
          ("%s has a new record at offset %d, and was committed up to %d before: the topic was made"
                  + " again, or the brokers have lost bets")
              .formatted(name, offset, next));
    }
    int bytes = record.remaining();
    try {
      file.writeWhole(record, size);
    } catch (IOException failed) {
      // Not as a storage that is full: the record is committed, and nothing can be taken back.
      throw new IOException(
          "the copy of %s cannot be written at offset %d: %s"
              .formatted(name, size, failed.getMessage()),
          failed);
    }
    next = offset + 1;
    grow(bytes);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
  private void grow(int bytes) {
    size += bytes;
  }

  /** All before an offset is here, as far as it counts: there may be aborted records behind. */
  void hasAllBefore(long offset) {
    next = Math.max(next, offset);
  }

  /** The offset behind the last record that counts: the partition may not end before it. */
  long next() {
    return next;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    long there = size - position;
    if (there <= 0) {
      return -1;
    }
    if (into.remaining() <= there) {
      return file.read(into, position);
    }
    int limit = into.limit();
    try {
      return file.read(into.limit(into.position() + (int) there), position);
    } finally {
      into.limit(limit);
    }
  }

  /** Does nothing: the log closes the file. */
  @Override
  public void close() {}

  void closeFile() throws IOException {
    file.close();
  }
}
