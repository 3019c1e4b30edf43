package loteria.tls;

import java.io.IOException;
import java.io.Serial;

/**
 * One of the two sides does not believe who the other is, or does not speak TLS: to come back
 * changes nothing. The message is one line.
 */
public final class UntrustedException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public UntrustedException(String message) {
    super(message);
  }

  UntrustedException(String message, Exception cause) {
    super(message, cause);
  }
}
