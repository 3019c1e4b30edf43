package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Rows of bytes on their way to a stream, handed over in blocks of 64 KiB.
 *
 * <p>{@link #endRow()} makes room for one more row of at most {@link #ROW_BYTES_MAX} bytes, so that
 * nothing else has to check. Not thread-safe; the stream stays the caller's to close.
 */
final class RowBuffer {
  /**
   * The longest row, in bytes with its end: four names, a document, a date, a number and their
   * separators.
   */
  static final int ROW_BYTES_MAX = 4 * NameList.NAME_BYTES_MAX + 64;

  private static final int BLOCK_BYTES = 1 << 16;

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int used;
  private long flushedBytes;

  RowBuffer(OutputStream out) {
    this.out = out;
  }

  void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  void put(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, block, used, length);
    used += length;
  }

  void put(char ascii) {
    block[used++] = (byte) ascii;
  }

  /** Puts {@code number}, at least 0, in decimal digits. */
  void putDecimal(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int at = used + digits - 1; at >= used; at--) {
      block[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    used += digits;
  }

  /** Ends a row as the course's files do, with CR LF. */
  void endRow() throws IOException {
    put('\r');
    put('\n');
    if (used > BLOCK_BYTES - ROW_BYTES_MAX) {
      flush();
    }
  }

  /** Hands over what is left. */
  void flush() throws IOException {
    out.write(block, 0, used);
    flushedBytes += used;
    used = 0;
  }

  /** All bytes handed over so far. */
  long flushedBytes() {
    return flushedBytes;
  }
}
