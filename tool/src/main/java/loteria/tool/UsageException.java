package loteria.tool;

/**
 * A command was asked for something that it does not do; the message is one line that says what and
 * what is allowed.
 */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  UsageException(String line) {
    super(line);
    this.line = line;
  }

  @Override
  public String getMessage() {
    return line;
  }
}
