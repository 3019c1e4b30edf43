package loteria.runtime;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip data, one member or several (RFC 1952), to their very end.
 *
 * <p>{@link GZIPInputStream} takes whatever follows a member and is no whole header for the end,
 * without a word, and a read error there, too: a file that was cut there, or cannot be read there,
 * would lack its later members. Here it is an error. For one thread.
 */
public final class GzipInput extends GZIPInputStream {
  private static final int TRAILER_BYTES = 8;

  private final Compressed compressed;

  /** How many bytes were taken when the last of them were handed to the inflater. */
  private long takenAtFill;

  /** What a reading that failed tells of the data; null if it is not about them. */
  public static @Nullable String flaw(IOException failed) {
    if (failed instanceof EOFException) {
      return "is truncated: its gzip data end too early";
    }
    return failed instanceof ZipException ? "is no valid gzip data: " + failed.getMessage() : null;
  }

  /**
   * The data of a stream, which is closed with this one.
   *
   * @param bufferBytes how many compressed bytes are read at once
   * @throws ZipException if they do not begin as gzip data do
   */
  public GzipInput(InputStream in, int bufferBytes) throws IOException {
    this(new Compressed(in), bufferBytes);
  }

  private GzipInput(Compressed compressed, int bufferBytes) throws IOException {
    super(compressed, bufferBytes);
    this.compressed = compressed;
    this.takenAtFill = compressed.taken;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    takenAtFill = compressed.taken;
  }

  /**
   * As the other streams.
   *
   * @throws EOFException if the data end within a member
   * @throws ZipException if they are damaged, or something follows the last whole member
   * @throws IOException if they cannot be read
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read < 0) {
      if (compressed.failed != null) {
        throw compressed.failed;
      }
      // The inflater keeps the trailer of the last member, and what it has of what follows.
      int left = inf.getRemaining();
      long more = compressed.taken - takenAtFill;
      if (left > TRAILER_BYTES || more > Math.max(0, TRAILER_BYTES - left)) {
        throw new ZipException("what follows its end is no whole gzip member");
      }
    }
    return read;
  }

  private static final class Compressed extends FilterInputStream {
    private long taken;
    private @Nullable IOException failed;

    Compressed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        int read = in.read(bytes, offset, length);
        taken += Math.max(0, read);
        return read;
      } catch (IOException unreadable) {
        failed = unreadable;
        throw unreadable;
      }
    }
  }
}
