package loteria.journal;

import java.io.IOException;
import java.io.Serial;

/** Somebody else owns the storage now: nothing more may be written to it, nor anybody answered. */
public final class FencedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(message);
  }

  public FencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
