package loteria.server.operator;

import loteria.lottery.BetRow;

/**
 * An operator says the number that wins, once the bets are sealed: {@code draw 7574}.
 *
 * @param number 0 to {@link BetRow#NUMBER_MAX}
 */
public record Drawing(int number) implements Request {
  static final String VERB = "draw";

  /**
   * A request for the draw.
   *
   * @throws IllegalArgumentException if no bet can have the number
   */
  public Drawing {
    if (number < 0 || number > BetRow.NUMBER_MAX) {
      throw new IllegalArgumentException(
          "number of %d is not between 0 and %d".formatted(number, BetRow.NUMBER_MAX));
    }
  }

  @Override
  public String line() {
    return VERB + " " + number;
  }

  /** What follows the verb. */
  static Drawing parse(String rest) {
    if (!rest.matches("0|[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("the number is not a plain decimal number");
    }
    return new Drawing(Integer.parseInt(rest));
  }
}
