package loteria.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a storage through one bounded buffer, for a reader that mostly goes forward. The
 * size is as it was at the start or at the last renewal, or smaller if the storage became shorter.
 * One thread.
 */
final class Window {
  private final ReadableStorage storage;
  private final ByteBuffer buffer; // holds the bytes from start to start + limit
  private long size;
  private long start;

  Window(ReadableStorage storage, ByteBuffer buffer) throws IOException {
    this.storage = storage;
    this.buffer = buffer;
    renew();
  }

  /** Forgets what was read, and asks for the size again. */
  void renew() throws IOException {
    buffer.clear().limit(0);
    size = storage.size();
  }

  long size() {
    return size;
  }

  /**
   * The bytes from an offset on: at least as many as asked for unless the storage ends before, and
   * more where they are at hand. Good until the next call.
   */
  ByteBuffer from(long position, int bytes) throws IOException {
    assert bytes <= buffer.capacity() : bytes;
    long bufferEnd = start + buffer.limit();
    if (position < start || position > bufferEnd || Math.min(position + bytes, size) > bufferEnd) {
      fill(position);
    }
    int index = (int) (position - start);
    return buffer.slice(index, buffer.limit() - index);
  }

  private void fill(long position) throws IOException {
    try {
      buffer.clear().limit(Math.clamp(size - position, 0, buffer.capacity()));
      storage.readWhole(buffer, position);
      start = position;
    } catch (EOFException shorter) {
      long before = size;
      size = storage.size();
      if (size >= before) {
        throw shorter;
      }
      fill(position);
    }
  }
}
