package loteria.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What {@link Storage} holds, for code that only reads it. Offsets and sizes are in bytes. What is
 * durable may be read by any thread.
 */
public interface ReadableStorage extends AutoCloseable {

  /** The size of what was written, unsynced bytes included, and a reserve beyond it not. */
  long size() throws IOException;

  /** Reads some bytes at an offset, possibly fewer than there is room for; -1 at the end. */
  int read(ByteBuffer into, long position) throws IOException;

  @Override
  void close() throws IOException;

  /** Fills a buffer from an offset on; {@link EOFException} when the storage ends first. */
  default void readWhole(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = read(into, at);
      if (read <= 0) {
        throw new EOFException(
            "storage ends at offset %d, %d bytes too early".formatted(at, into.remaining()));
      }
      at += read;
    }
  }
}
