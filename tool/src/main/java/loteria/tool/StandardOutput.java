package loteria.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The tool's standard output. A write that fails ends the command, through a {@link
 * java.io.PrintWriter} too, which would swallow an {@link IOException}: nobody takes half of what
 * was printed for the whole. For one thread.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;

  /**
   * @param out where it goes
   */
  StandardOutput(OutputStream out) {
    this.out = out;
  }

  static StandardOutput ofThisProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  /** The output cannot be written. */
  static final class Lost extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final boolean readerGone;

    Lost(IOException cause) {
      super("standard output: " + cause.getMessage(), cause);
      readerGone = "Broken pipe".equals(cause.getMessage());
    }

    /** Whether the reader of a pipe has gone, as {@code head} does when it has seen enough. */
    boolean isReaderGone() {
      return readerGone;
    }
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException failed) {
      throw new Lost(failed);
    }
  }
}
