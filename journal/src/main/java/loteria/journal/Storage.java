package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The file under a journal, in as few calls as the journal needs: the seam at which a test or a
 * simulation puts a disk of its own, with its own crashes.
 *
 * <p>Bytes written may be lost, kept in part or kept in any order by a crash until a {@link #sync}
 * that began after them has returned; then they are there for good. Offsets and sizes are in bytes.
 * One thread at a time, but for reads of what is durable, which any thread may do beside it.
 */
public interface Storage extends ReadableStorage {
  /**
   * Writes some bytes at an offset, possibly fewer than there are; a gap before it reads as zeros.
   *
   * @throws StorageFullException when there is no room; earlier bytes of the same call may have
   *     been written
   */
  int write(ByteBuffer from, long position) throws IOException;

  /**
   * Makes all that was written or truncated durable, with the size that it takes to read it back.
   * After a failure nothing is known of what was unsynced, and a second call proves nothing.
   */
  void sync() throws IOException;

  /**
   * Cuts the storage down to a size, and gives back any reserve beyond it; a size that is no
   * smaller than the present one changes nothing else.
   */
  void truncate(long size) throws IOException;

  /** Writes all that a buffer holds at an offset; a failure may leave any part of it written. */
  default void writeWhole(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      int written = write(from, at);
      if (written <= 0) {
        throw new IOException(
            "storage took none of the %d bytes left at offset %d".formatted(from.remaining(), at));
      }
      at += written;
    }
  }
}
