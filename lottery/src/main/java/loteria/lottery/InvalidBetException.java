package loteria.lottery;

import java.io.Serial;

/** A bet that cannot be: which field, and why. The message reads on from the field's name. */
public final class InvalidBetException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  private final Bet.Field field;

  InvalidBetException(Bet.Field field, String reason) {
    super(reason);
    this.field = field;
  }

  /** The first field that is wrong. */
  public Bet.Field field() {
    return field;
  }

  /** Why it is wrong, without the field's name: "'12a' is not digits". */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
