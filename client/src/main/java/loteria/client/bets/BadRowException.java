package loteria.client.bets;

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

  public String source() {
    return source;
  }

  /** From 1; 0 if the source has no lines. */
  public long line() {
    return line;
  }

  public String field() {
    return field;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The field, if it is one, and the reason. */
  public String flaw() {
    return field.equals("-") ? reason() : field + " " + reason();
  }
}
