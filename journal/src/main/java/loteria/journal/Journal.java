package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A durable log of opaque records: what {@link #append} has returned for is found, in order and
 * once, by every later {@link #open}, whatever crash comes between. A file header, then blocks
 * ({@link FileHeader}, {@link Block}, docs/JOURNAL.md).
 *
 * <p>Invariant: the storage holds whole valid blocks up to {@code end}, all of them synced, unless
 * the journal is in doubt. It is in doubt from the first byte of a write until its sync returns; if
 * either fails it stays so for good, since after a failed sync Linux marks the pages clean: reads
 * show them, a second sync succeeds, and the disk never gets them (Rebello et al., "Can
 * Applications Recover from fsync Failures?", USENIX ATC 2020). The owner of a journal in doubt
 * halts the program and answers nobody.
 *
 * <p>No threads, no locks: one owner, one thread at a time, and one that nobody interrupts ({@link
 * FileStorage}).
 */
public final class Journal implements AutoCloseable {
  /** The version of the file's format: a file of another one is refused. */
  public static final int VERSION = FileHeader.VERSION;

  /** The longest record. */
  public static final int RECORD_BYTES_MAX = 65_535;

  /** What each record takes in a block beyond its own bytes. */
  public static final int RECORD_HEADER_BYTES = Block.RECORD_HEADER_BYTES;

  /**
   * The most that the records of one append may take, {@link #RECORD_HEADER_BYTES} for each
   * included.
   */
  public static final int BLOCK_BYTES_MAX = Block.PAYLOAD_BYTES_MAX;

  /** What is read at once of a record whose length is not yet known: most are no longer. */
  private static final int READ_BYTES = 1 << 13;

  private final Storage storage;
  private final ByteBuffer buffer; // the block being written; nothing between calls
  private final Recovery recovery;
  private long end;
  private boolean inDoubt;

  private Journal(Storage storage, ByteBuffer buffer, Recovery recovery, long end) {
    this.storage = storage;
    this.buffer = buffer;
    this.recovery = recovery;
    this.end = end;
  }

  /**
   * Opens the journal in a storage, which it owns from here on and closes if it fails; an empty
   * storage becomes an empty journal. The records are shown while the file is read, before it is
   * known to be sound to its end: when this method fails, whatever the visitor made of them is to
   * be thrown away. An unfinished write at the end is cut off.
   *
   * @throws ForeignFileException if it is not a journal of this version; the file is untouched
   * @throws DamagedJournalException if bytes that were once durable are invalid; the file is
   *     untouched
   * @throws IOException if the storage fails, or whatever the visitor throws
   */
  public static Journal open(Storage storage, RecordVisitor recovered) throws IOException {
    try {
      ByteBuffer buffer = ByteBuffer.allocateDirect(Block.BYTES_MAX);
      Scan scan = Scan.of(storage, buffer, recovered);
      long end = Math.max(scan.recovery().keptBytes(), FileHeader.BYTES);
      settle(storage, buffer, scan.last(), end);
      return new Journal(storage, buffer, scan.recovery(), end);
    } catch (IOException | RuntimeException | Error failure) {
      try {
        storage.close();
      } catch (IOException closing) {
        failure.addSuppressed(closing);
      }
      throw failure;
    }
  }

  /**
   * Reads a journal as {@link #open} does, with the same exceptions, and changes nothing. The
   * storage stays the caller's.
   */
  public static Recovery inspect(Storage storage, RecordVisitor visitor) throws IOException {
    return Scan.of(storage, ByteBuffer.allocateDirect(Block.BYTES_MAX), visitor).recovery();
  }

  /** What was found when the journal was opened. */
  public Recovery recovery() {
    return recovery;
  }

  /** Bytes of the file that are valid and durable. */
  public long size() {
    return end;
  }

  /**
   * Stores records together, all or none of them, and returns once they are durable. No records are
   * no write.
   *
   * @param records each from its position to its limit, which stay where they are
   * @return the position of each record, for {@link #read}
   * @throws IllegalArgumentException if a record or all together exceed their limits; nothing is
   *     stored
   * @throws StorageFullException if there is no room; nothing is stored, and the journal goes on
   * @throws IOException if the storage fails: whether the records are stored is unknown until the
   *     journal is opened again, and this one refuses every further call
   */
  public long[] append(List<ByteBuffer> records) throws IOException {
    requireTrust();
    if (records.isEmpty()) {
      return new long[0];
    }
    long[] positions = lay(records);
    inDoubt = true; // an exception of any kind from here on leaves it so
    write();
    sync();
    end += buffer.limit();
    inDoubt = false;
    return positions;
  }

  /**
   * One record once more, by the position that {@link #append} returned or a visitor was given. Its
   * bytes are as the storage has them now: the checksum of its block is not computed again.
   *
   * @return a new buffer that holds the record and nothing else
   * @throws IllegalArgumentException if the position lies outside the blocks
   */
  public ByteBuffer read(long position) throws IOException {
    requireTrust();
    return read(storage, position, end);
  }

  /**
   * One record of a journal that nobody has opened, by the position that a visitor was given in
   * {@link #inspect}; otherwise as {@link #read(long)}. The storage stays the caller's.
   */
  public static ByteBuffer read(Storage storage, long position) throws IOException {
    return read(storage, position, storage.size());
  }

  private static ByteBuffer read(Storage storage, long position, long end) throws IOException {
    if (position < FileHeader.BYTES + Block.HEADER_BYTES
        || position > end - Block.RECORD_HEADER_BYTES) {
      throw new IllegalArgumentException(
          "no record at offset %d of a journal of %d bytes".formatted(position, end));
    }
    ByteBuffer found = ByteBuffer.allocate((int) Math.min(READ_BYTES, end - position));
    storage.readWhole(found, position);
    int bytes = Short.toUnsignedInt(found.getShort(0));
    long start = position + Block.RECORD_HEADER_BYTES;
    if (bytes > end - start) {
      throw new DamagedJournalException(
          position, "a record of %d bytes runs over the end at %d".formatted(bytes, end));
    }
    if (Block.RECORD_HEADER_BYTES + bytes <= found.capacity()) {
      return found.slice(Block.RECORD_HEADER_BYTES, bytes);
    }
    ByteBuffer record = ByteBuffer.allocate(bytes);
    storage.readWhole(record, start);
    return record.flip();
  }

  /**
   * Closes the storage. Nothing is pending: what was appended is durable. A second call does
   * nothing.
   */
  @Override
  public void close() throws IOException {
    storage.close();
  }

  /**
   * Makes what was read durable before anyone trusts it. What the scan saw may be a block whose
   * sync failed under an earlier process and that only the page cache holds; writing it again makes
   * its pages dirty again, and the sync then tells the truth. Only the last block can be such: the
   * ones before it were synced before it was written.
   */
  private static void settle(Storage storage, ByteBuffer buffer, long last, long end)
      throws IOException {
    ByteBuffer rewritten = last == 0 ? FileHeader.bytes() : block(storage, buffer, last, end);
    if (storage.size() > end) {
      storage.truncate(end);
    }
    storage.writeWhole(rewritten, last);
    storage.sync();
  }

  private static ByteBuffer block(Storage storage, ByteBuffer buffer, long position, long end)
      throws IOException {
    Window window = new Window(storage, buffer);
    if (Block.at(position, window).isEmpty()) {
      throw new DamagedJournalException(position, "a block that was valid is not when read again");
    }
    int bytes = (int) (end - position);
    return window.from(position, bytes).slice(0, bytes);
  }

  /** Lays a block in the buffer, from 0 to its limit. */
  private long[] lay(List<ByteBuffer> records) {
    long[] positions = new long[records.size()];
    buffer.clear().position(Block.HEADER_BYTES);
    for (int index = 0; index < positions.length; index++) {
      ByteBuffer record = records.get(index).duplicate();
      requireAtMost(RECORD_BYTES_MAX, record.remaining(), "record");
      int payloadBytes = buffer.position() - Block.HEADER_BYTES;
      requireAtMost(
          BLOCK_BYTES_MAX, payloadBytes + RECORD_HEADER_BYTES + record.remaining(), "block");
      positions[index] = end + buffer.position();
      buffer.putShort((short) record.remaining()).put(record);
    }
    Block.seal(buffer.flip(), end, positions.length);
    return positions;
  }

  private void write() throws IOException {
    try {
      storage.writeWhole(buffer, end);
    } catch (StorageFullException full) {
      takeBack(full);
      inDoubt = false;
      throw full;
    } catch (IOException failure) {
      throw failed("writing", failure);
    }
  }

  private void sync() throws IOException {
    try {
      storage.sync();
    } catch (IOException failure) {
      // Even if it says that there is no room: some of the block may be durable, and pages are
      // marked clean.
      throw failed("syncing", failure);
    }
  }

  /** Removes what a write left before it ran out of room. */
  private void takeBack(StorageFullException full) throws IOException {
    try {
      storage.truncate(end);
      storage.sync();
    } catch (IOException failure) {
      failure.addSuppressed(full);
      throw failed("taking back, for want of room,", failure);
    }
  }

  private IOException failed(String doing, IOException failure) {
    return new IOException(
        "%s a block of %d bytes at offset %d of the journal: %s"
            .formatted(doing, buffer.limit(), end, failure.getMessage()),
        failure);
  }

  private void requireTrust() throws IOException {
    if (inDoubt) {
      throw new IOException(
          "the journal is in doubt after offset %d: a write or sync failed".formatted(end));
    }
  }

  private static void requireAtMost(int bytesMax, int bytes, String what) {
    if (bytes > bytesMax) {
      throw new IllegalArgumentException(
          "%s of %d bytes exceeds %d".formatted(what, bytes, bytesMax));
    }
  }
}
