package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a storage through one bounded buffer, for a reader that mostly goes forward. The
 * size is that at the start. One thread.
 */
final class Window {
  private final ReadableStorage storage;
  private final long size;
  private final ByteBuffer buffer; // holds the bytes from start to start + limit
  private long start;

  Window(ReadableStorage storage, ByteBuffer buffer) throws IOException {
    this.storage = storage;
    this.buffer = buffer.clear().limit(0);
    this.size = storage.size();
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
    assert position >= 0 && position <= size : position;
    if (position < start || Math.min(position + bytes, size) > start + buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
      storage.readWhole(buffer, position);
      start = position;
    }
    int index = (int) (position - start);
    return buffer.slice(index, buffer.limit() - index);
  }
}
