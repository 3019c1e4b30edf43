package loteria.client;

import java.io.IOException;
import java.io.Serial;

/** The agency's own bets cannot be read: another attempt would find the same. */
final class BetsUnreadableException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * What cannot be read, and why.
   *
   * @param reason goes on from the name: "does not exist"
   */
  BetsUnreadableException(String name, String reason, IOException why) {
    super(name + " " + reason, why);
  }
}
