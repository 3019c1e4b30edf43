package loteria.server.control;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** No central runs where one is asked, or none that an operator can ask. */
public final class NoCentralException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * Nobody answers, as the message says.
   *
   * @param message one line
   */
  public NoCentralException(String message) {
    super(message);
  }

  NoCentralException(Path socket, String what) {
    super("no central answers: %s %s".formatted(socket, what));
  }
}
