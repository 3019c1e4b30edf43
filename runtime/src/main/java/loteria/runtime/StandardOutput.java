package loteria.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The standard output of a program whose work is what it prints: that it cannot be written ends the
 * work. It throws {@link LostException}, which is not checked since a {@code PrintWriter} would
 * hide a checked one.
 *
 * <p>Does not buffer.
 */
public final class StandardOutput extends OutputStream {
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

  /** The output is full or closed, or its reader has gone. */
  public static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private LostException(IOException cause) {
      super(cause.getMessage(), cause);
    }

    /**
     * Says so on the standard error, but for a reader that has gone: {@code head} has what it
     * wanted.
     *
     * @param program what the line begins with
     * @return the program's exit code
     */
    public int exitCode(String program, PrintStream err) {
      String why = String.valueOf(getMessage());
      if (!why.contains("Broken pipe")) {
        byte[] line =
            (program + ": the standard output cannot be written: " + why + '\n')
                .getBytes(StandardCharsets.UTF_8);
        err.write(line, 0, line.length);
        err.flush();
      }
      return ExitCode.STORAGE_FAILED;
    }
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException lost) {
      throw new LostException(lost);
    }
  }

  /** Leaves the descriptor open, for it is the program's. */
  @Override
  public void close() {}
}
