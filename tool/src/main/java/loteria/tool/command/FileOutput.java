package loteria.tool.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import loteria.runtime.Failures;

/** A file that is written, whose failures name it: the JDK's say only why. For one thread. */
public final class FileOutput extends FilterOutputStream {
  private final Path file;

  /** What is written goes to {@code out}, which is {@code file}. */
  public FileOutput(Path file, OutputStream out) {
    super(out);
    this.file = file;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException failed) {
      throw Failures.of(file, failed);
    }
  }
}
