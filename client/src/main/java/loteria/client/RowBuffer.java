package loteria.client;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import loteria.lottery.Words;
import loteria.protocol.EncodedBet;

/**
 * The bytes of a file of rows, through one bounded buffer. A last row that has no line end is given
 * one. For one thread.
 */
final class RowBuffer implements Closeable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int LINE_BYTES_MAX = CsvBets.ROW_BYTES_MAX;

  private final SeekableByteChannel channel;
  private final InputStream file;

  // What was read and not yet taken lies between from and to.
  private final byte[] bytes = new byte[LINE_BYTES_MAX + 1];
  private int from;
  private int to;
  private boolean ended;

  private RowBuffer(SeekableByteChannel channel) {
    this.channel = channel;
    this.file = Channels.newInputStream(channel);
  }

  static RowBuffer open(Path file) throws BetsUnreadableException {
    try {
      return new RowBuffer(Files.newByteChannel(file));
    } catch (IOException failed) {
      throw new BetsUnreadableException(file, failed);
    }
  }

  boolean startsWithByteOrderMark() throws IOException {
    require(BYTE_ORDER_MARK.length);
    int end = Math.min(to, from + BYTE_ORDER_MARK.length);
    return Arrays.equals(bytes, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  /** Takes the next row if it is a plain one, and sets the bet to it. */
  boolean takePlain(EncodedBet bet) throws IOException {
    require(EncodedBet.PLAIN_ROW_BYTES_MAX);
    int next = bet.setPlainRow(bytes, from, to);
    if (next >= 0) {
      from = next;
    }
    return next >= 0;
  }

  /** Whether all was taken. */
  boolean isAtEnd() throws IOException {
    require(1);
    return from == to;
  }

  /** The next line with its LF, which stays here; empty if it is too long. */
  byte[] line() throws IOException {
    int end = lineEnd();
    if (end < 0) {
      require(LINE_BYTES_MAX);
      end = lineEnd();
    }
    return end < 0 ? new byte[0] : Arrays.copyOfRange(bytes, from, end);
  }

  /** Where the next line begins; negative if the buffer has not all of this one. */
  private int lineEnd() {
    int lineFeed = Words.indexOf('\n', bytes, from, to);
    return lineFeed < to ? lineFeed + 1 : -1;
  }

  /** Passes over so many bytes. */
  void pass(int count) {
    assert count <= to - from;
    from += count;
  }

  /** Which part of the file was taken, in bytes, from 0 to 1; 1 if it has none, or is no file. */
  double taken() throws IOException {
    long size = channel.size();
    return size == 0 ? 1 : Math.clamp((double) (channel.position() - (to - from)) / size, 0, 1);
  }

  /** All that was not yet taken; there is then nothing left here. */
  InputStream rest() {
    InputStream rest =
        new SequenceInputStream(new ByteArrayInputStream(bytes, from, to - from), file);
    from = to;
    ended = true;
    return rest;
  }

  /** Has so many bytes in the buffer, unless the file ends before. */
  private void require(int count) throws IOException {
    if (to - from >= count || ended) {
      return;
    }
    System.arraycopy(bytes, from, bytes, 0, to - from);
    to -= from;
    from = 0;
    while (to < count && !ended) {
      // Leaves room for a line end.
      int read = file.read(bytes, to, bytes.length - 1 - to);
      if (read > 0) {
        to += read;
      } else {
        ended = true;
        endLine();
      }
    }
  }

  private void endLine() {
    if (to > 0 && bytes[to - 1] != '\n') {
      bytes[to++] = '\n';
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
