package loteria.tool;

import java.io.Serial;

/**
 * A command was asked for something that it does not do; the message is one line that says what and
 * what is allowed.
 */
final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String line;

  UsageException(String line) {
    super(line);
    this.line = line;
  }

  @Override
  public String getMessage() {
    return line;
  }

  /** The value, if it lies between two limits, both included. */
  static int requireWithin(String what, int value, int min, int max) throws UsageException {
    if (value < min || value > max) {
      throw new UsageException(
          "%s of %d is not between %d and %d".formatted(what, value, min, max));
    }
    return value;
  }
}
