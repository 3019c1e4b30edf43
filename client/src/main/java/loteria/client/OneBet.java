package loteria.client;

import java.util.Map;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;
import loteria.protocol.EncodedBet;

/** The one bet that the environment says: NOMBRE, APELLIDO, DOCUMENTO, NACIMIENTO and NUMERO. */
final class OneBet implements BetSource {
  private static final String SOURCE = "environment";

  /** What the JVM puts where it cannot read the environment in the character set of its locale. */
  private static final char UNREADABLE = '\uFFFD';

  private final Bet bet;
  private boolean taken;

  OneBet(Bet bet) {
    this.bet = bet;
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
    if (value.indexOf(UNREADABLE) >= 0) {
      throw new BadRowException(
          SOURCE, 0, field.name(), "cannot be read in this locale: set LC_ALL to C.UTF-8");
    }
    return value;
  }

  @Override
  public boolean next(EncodedBet into) {
    boolean first = !taken;
    taken = true;
    into.set(bet);
    return first;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
