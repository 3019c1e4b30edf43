package loteria.client;

import java.util.Optional;
import loteria.lottery.Bet;

/** Bets without end, as long as bets can be. */
final class EndlessBets implements BetSource {
  private final Bet bet;

  EndlessBets(int agency) {
    bet = MadeUpBets.longest(agency, 1).getFirst();
  }

  @Override
  public Optional<Bet> next() {
    return Optional.of(bet);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
