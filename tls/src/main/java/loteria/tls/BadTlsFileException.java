package loteria.tls;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A file of certificates or a key cannot be used. The message is one line that names it. */
public final class BadTlsFileException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Path file;
  private final String problem;

  /** {@code problem} goes on from the file: "holds no certificate". */
  BadTlsFileException(Path file, String problem) {
    super("%s %s".formatted(file, problem));
    this.file = file;
    this.problem = problem;
  }

  BadTlsFileException(Path file, String problem, Exception cause) {
    this(file, problem);
    initCause(cause);
  }

  Path file() {
    return file;
  }

  String problem() {
    return problem;
  }
}
