package loteria.client;

import loteria.lottery.Bet;
import loteria.protocol.EncodedBet;

/** Bets without end, as long as bets can be. */
final class EndlessBets implements BetSource {
  private final Bet bet;

  EndlessBets(int agency) {
    bet = MadeUpBets.longest(agency, 1).getFirst();
  }

  @Override
  public boolean next(EncodedBet into) {
    into.set(bet);
    return true;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
