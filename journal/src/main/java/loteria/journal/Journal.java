package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A durable log of opaque records: what {@link #store} has returned for is found, in order and
 * once, by every later {@link #open}, whatever crash comes between. A file header, then blocks
 * ({@link FileHeader}, {@link Block}, docs/JOURNAL.md).
 *
 * <p>Two blocks take turns: records are added to one while the other, ended, is written and synced.
 *
 * <pre>
 *   owner:   add add add end | add add add add       end | add …
 *   storer:                   | store: write, sync |      | store: write, sync |
 * </pre>
 *
 * <p>Invariant: the storage holds whole valid blocks up to {@code end}, all of them synced, and
 * beyond it at most the one block that is being stored, unless the journal is in doubt (zeros that
 * a storage keeps ahead of its end do not count: {@link ZeroedStorage}). It is in doubt for good
 * once a write or sync has failed, since after a failed sync Linux marks the pages clean: reads
 * show them, a second sync succeeds, and the disk never gets them (Rebello et al., "Can
 * Applications Recover from fsync Failures?", USENIX ATC 2020). The owner of a journal in doubt
 * halts the program and answers nobody.
 *
 * <p>One thread at a time adds, ends blocks and discards: the owner. {@link #store} may be called
 * by another, one at a time, to which the block was handed safely. {@link #read} and {@link #size}
 * are for any thread. None of them may be interrupted while the journal is open ({@link
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
   * The most that the records of one block may take, {@link #RECORD_HEADER_BYTES} for each
   * included.
   */
  public static final int BLOCK_BYTES_MAX = Block.PAYLOAD_BYTES_MAX;

  /** What is read at once of a record whose length is not yet known: most are no longer. */
  private static final int READ_BYTES = 1 << 13;

  private final Storage storage;
  private final Recovery recovery;

  // Of the owner.
  private ByteBuffer filling; // the block that records are added to, from its header on
  private @Nullable ByteBuffer resting; // the second one, made at first use; holds the ended block
  private int added; // records in the block being filled
  private long start; // where that block is to lie; settled by its first record

  // Of the owner, and of whoever stores; written by endBlock() and store() alone.
  private volatile @Nullable Block ended;
  private volatile long end;
  private volatile boolean inDoubt;

  private Journal(Storage storage, ByteBuffer buffer, Recovery recovery, long end) {
    this.storage = storage;
    this.filling = emptied(buffer);
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
      resync(storage, buffer, scan.last(), end);
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
  public static Recovery inspect(ReadableStorage storage, RecordVisitor visitor)
      throws IOException {
    return Scan.of(storage, ByteBuffer.allocateDirect(Block.BYTES_MAX), visitor).recovery();
  }

  /**
   * Shows the records of a part of a journal that begins and ends with a block, and changes
   * nothing. Of the file header nothing is shown.
   *
   * @throws DamagedJournalException if there is something else
   */
  public static void visit(ReadableStorage storage, long from, long to, RecordVisitor visitor)
      throws IOException {
    int bytes = Math.clamp(storage.size() - from, Block.HEADER_BYTES, Block.BYTES_MAX);
    Window window = new Window(storage, ByteBuffer.allocate(bytes));
    long position = from;
    if (position == 0) {
      FileHeader.check(window.from(0, FileHeader.BYTES));
      position = FileHeader.BYTES;
    }
    while (position < to) {
      Optional<Block> block = Block.at(position, window);
      if (block.isEmpty() || block.get().end() > to) {
        throw new DamagedJournalException(position, "no valid block there");
      }
      block.get().visit(visitor);
      position = block.get().end();
    }
  }

  /**
   * Checks the next piece of a journal that comes in pieces, each what one sync has made durable:
   * the file header first, then one whole block at a time.
   *
   * @param piece from its position to its limit, which stay where they are
   * @param position where it is to lie in the journal
   * @throws ForeignFileException if a header is expected, and it is none of this version
   * @throws DamagedJournalException if it is not whole, not valid, or belongs elsewhere
   */
  public static void checkPiece(ByteBuffer piece, long position) throws IOException {
    if (position == 0) {
      FileHeader.check(piece.slice());
    }
    boolean whole =
        position == 0 ? piece.remaining() == FileHeader.BYTES : Block.isWhole(piece, position);
    if (!whole) {
      throw new DamagedJournalException(
          position,
          "%d bytes came that are not one whole %s of there"
              .formatted(piece.remaining(), position == 0 ? "file header" : "block"));
    }
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
   * Adds a record to the block being filled, by a copy; the record stays where it is. Nothing is
   * durable before its block is stored.
   *
   * @param record from its position to its limit
   * @return its position, for {@link #read} once its block is stored
   * @throws IllegalArgumentException if the record exceeds {@link #RECORD_BYTES_MAX}, or the block
   *     {@link #BLOCK_BYTES_MAX} with it; nothing was added
   */
  public long add(ByteBuffer record) {
    int bytes = record.remaining();
    int index = filling.position();
    requireAtMost(RECORD_BYTES_MAX, bytes, "record");
    requireAtMost(
        BLOCK_BYTES_MAX, index - Block.HEADER_BYTES + RECORD_HEADER_BYTES + bytes, "block");
    if (added == 0) {
      @Nullable Block before = ended;
      start = before == null ? end : before.end();
    }
    filling.putShort((short) bytes);
    filling.put(index + RECORD_HEADER_BYTES, record, record.position(), bytes);
    filling.position(index + RECORD_HEADER_BYTES + bytes);
    added++;
    return start + index;
  }

  /** Whether the block being filled takes one more record of so many bytes. */
  public boolean hasRoom(int recordBytes) {
    return recordBytes <= RECORD_BYTES_MAX
        && recordBytes <= filling.remaining() - RECORD_HEADER_BYTES;
  }

  /**
   * How many bytes the block being filled still takes, {@link #RECORD_HEADER_BYTES} for each record
   * included.
   */
  public int room() {
    return filling.remaining();
  }

  /** Whether nothing was added since the last {@link #endBlock} or {@link #discard}. */
  public boolean isEmpty() {
    return added == 0;
  }

  /**
   * Ends the block being filled; what is added from now on goes to the next one.
   *
   * @throws IllegalStateException if nothing was added; if the block before is not stored yet; or
   *     if that one found no room, so that this one has to be discarded
   */
  public Block endBlock() {
    requireState(added > 0, "nothing was added to the block");
    requireState(ended == null, "the block before is ended and not stored");
    requireState(start == end, "the block before found no room: discard what was added since");
    Block block = Block.ended(filling.flip(), start, added);
    ByteBuffer free = resting == null ? ByteBuffer.allocateDirect(Block.BYTES_MAX) : resting;
    resting = filling;
    filling = emptied(free);
    added = 0;
    ended = block;
    return block;
  }

  /**
   * Forgets what was added since the last {@link #endBlock}: its block is not to be stored, because
   * the one before it found no room.
   */
  public void discard() {
    emptied(filling);
    added = 0;
  }

  /**
   * Writes and syncs the block that was ended last: when this returns, its records are durable.
   *
   * @throws StorageFullException if there is no room; nothing of the block is stored, and the
   *     journal is as it was before it
   * @throws IOException if the storage fails: whether the block is stored is unknown until the
   *     journal is opened again, and this one stores and reads nothing more
   * @throws IllegalStateException if it is another block
   */
  public void store(Block block) throws IOException {
    requireTrust();
    requireState(block.equals(ended), "not the block that was ended last");
    assert block.position() == end : block.position(); // so every block before it is durable
    boolean certain = false;
    try {
      write(block);
      sync(block);
      end = block.end();
      certain = true;
    } catch (StorageFullException full) {
      takeBack(block, full);
      certain = true;
      throw full;
    } finally {
      if (certain) {
        ended = null; // after the new end: the owner reads them in the other order
      } else {
        inDoubt = true;
      }
    }
  }

  /**
   * Stores records together, all or none of them, and returns once they are durable: adds, ends and
   * stores in one call. No records are no write.
   *
   * @param records each from its position to its limit, which stay where they are
   * @return the position of each record, for {@link #read}
   * @throws IllegalArgumentException if a record or all together exceed their limits; nothing is
   *     stored
   * @throws IllegalStateException if another block is being filled or stored
   * @throws IOException as {@link #store}
   */
  public long[] append(List<ByteBuffer> records) throws IOException {
    requireTrust();
    requireState(isEmpty() && ended == null, "another block is being filled or stored");
    long[] positions = new long[records.size()];
    try {
      for (int index = 0; index < positions.length; index++) {
        positions[index] = add(records.get(index));
      }
    } catch (IllegalArgumentException tooLarge) {
      discard();
      throw tooLarge;
    }
    if (positions.length > 0) {
      store(endBlock());
    }
    return positions;
  }

  /**
   * Gives back the zeros that the storage keeps ahead of its end: to be called when little more is
   * to come.
   *
   * @throws IllegalStateException if a block is ended and not stored
   */
  public void trim() throws IOException {
    requireTrust();
    requireState(ended == null, "a block is being stored");
    storage.truncate(end);
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
  public static ByteBuffer read(ReadableStorage storage, long position) throws IOException {
    return read(storage, position, storage.size());
  }

  private static ByteBuffer read(ReadableStorage storage, long position, long end)
      throws IOException {
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
   * Closes the storage. What was stored is durable; what was only added is forgotten. A second call
   * does nothing.
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
  private static void resync(Storage storage, ByteBuffer buffer, long last, long end)
      throws IOException {
    ByteBuffer rewritten = last == 0 ? FileHeader.bytes() : block(storage, buffer, last, end);
    if (storage.size() > end) {
      storage.truncate(end);
    }
    storage.writeWhole(rewritten, last);
    storage.sync();
  }

  private static ByteBuffer block(
      ReadableStorage storage, ByteBuffer buffer, long position, long end) throws IOException {
    Window window = new Window(storage, buffer);
    if (Block.at(position, window).isEmpty()) {
      throw new DamagedJournalException(position, "a block that was valid is not when read again");
    }
    int bytes = (int) (end - position);
    return window.from(position, bytes).slice(0, bytes);
  }

  private static ByteBuffer emptied(ByteBuffer block) {
    return block.clear().position(Block.HEADER_BYTES);
  }

  private void write(Block block) throws IOException {
    try {
      storage.writeWhole(block.bytes(), block.position());
    } catch (StorageFullException full) {
      throw full;
    } catch (IOException failure) {
      throw failed("writing", block, failure);
    }
  }

  private void sync(Block block) throws IOException {
    try {
      storage.sync();
    } catch (IOException failure) {
      // Even if it says that there is no room: some of the block may be durable, and pages are
      // marked clean.
      throw failed("syncing", block, failure);
    }
  }

  /** Removes what a write left before it ran out of room. */
  private void takeBack(Block block, StorageFullException full) throws IOException {
    try {
      storage.truncate(end);
      storage.sync();
    } catch (IOException failure) {
      failure.addSuppressed(full);
      throw failed("taking back, for want of room,", block, failure);
    }
  }

  private static IOException failed(String doing, Block block, IOException failure) {
    return new IOException(
        "%s a block of %d bytes at offset %d of the journal: %s"
            .formatted(
                doing, block.end() - block.position(), block.position(), failure.getMessage()),
        failure);
  }

  private void requireTrust() throws IOException {
    if (inDoubt) {
      throw new IOException(
          "the journal is in doubt after offset %d: a write or sync failed".formatted(end));
    }
  }

  private static void requireState(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void requireAtMost(int bytesMax, int bytes, String what) {
    if (bytes > bytesMax) {
      throw new IllegalArgumentException(
          "%s of %d bytes exceeds %d".formatted(what, bytes, bytesMax));
    }
  }
}
