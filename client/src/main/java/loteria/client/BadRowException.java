package loteria.client;

import java.io.Serial;

/** What an agency was given is no bet: where, and why. */
public final class BadRowException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String source;
  private final long line;
  private final String field;

  /**
   * Where it is and why it is no bet.
   *
   * @param source the file, or what else the bets come from
   * @param line from 1; 0 if the source has no lines
   * @param field the field that is wrong, or "-" if it is the whole row
   */
  public BadRowException(String source, long line, String field, String reason) {
    super(reason);
    this.source = source;
    this.line = line;
    this.field = field;
  }

  String source() {
    return source;
  }

  long line() {
    return line;
  }

  String field() {
    return field;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
