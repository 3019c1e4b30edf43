package loteria.journal;

import java.io.IOException;
import java.io.Serial;

/** The file is not a journal, or one of another version. It was not touched. */
public final class ForeignFileException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  ForeignFileException(String message) {
    super(message);
  }
}
