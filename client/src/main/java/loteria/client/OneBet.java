package loteria.client;

import java.util.Map;
import java.util.Optional;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;

/** The one bet that the environment says: NOMBRE, APELLIDO, DOCUMENTO, NACIMIENTO and NUMERO. */
final class OneBet implements BetSource {
  private static final String SOURCE = "environment";

  private Optional<Bet> bet;

  OneBet(Bet bet) {
    this.bet = Optional.of(bet);
  }

  /**
   * The bet that the environment says.
   *
   * @throws BadRowException naming the variable that is not set, or is no such field of a bet
   */
  static Bet bet(int agency, Map<String, String> environment) throws BadRowException {
    try {
      return Bet.parse(
          agency,
          variable(Bet.Field.NOMBRE, environment),
          variable(Bet.Field.APELLIDO, environment),
          variable(Bet.Field.DOCUMENTO, environment),
          variable(Bet.Field.NACIMIENTO, environment),
          variable(Bet.Field.NUMERO, environment));
    } catch (InvalidBetException invalid) {
      throw new BadRowException(SOURCE, 0, invalid.field().name(), invalid.reason());
    }
  }

  private static String variable(Bet.Field field, Map<String, String> environment)
      throws BadRowException {
    String value = environment.get(field.name());
    if (value == null) {
      throw new BadRowException(SOURCE, 0, field.name(), "is not set");
    }
    return value;
  }

  @Override
  public Optional<Bet> next() {
    Optional<Bet> next = bet;
    bet = Optional.empty();
    return next;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
