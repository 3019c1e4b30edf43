package loteria.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import loteria.lottery.Bet;
import loteria.protocol.EncodedBet;
import org.jspecify.annotations.Nullable;

/** A source of listed bets, and of a bad row after them if there is to be one. */
final class ListedBets implements BetSource {
  private final Queue<Bet> bets;
  private final @Nullable BadRowException bad;
  private int closed;

  private ListedBets(List<Bet> bets, @Nullable BadRowException bad) {
    this.bets = new ArrayDeque<>(bets);
    this.bad = bad;
  }

  static ListedBets of(List<Bet> bets) {
    return new ListedBets(bets, null);
  }

  /** The row that follows the bets is none. */
  static ListedBets withBadRowAfter(List<Bet> bets) {
    return new ListedBets(bets, badRow(bets.size() + 1));
  }

  static BadRowException badRow(long line) {
    return new BadRowException("list", line, "documento", "'12a' is not digits");
  }

  @Override
  public boolean next(EncodedBet into) throws BadRowException {
    if (bets.isEmpty() && bad != null) {
      throw bad;
    }
    Bet bet = bets.poll();
    if (bet != null) {
      into.set(bet);
    }
    return bet != null;
  }

  /** How often it was closed. */
  int closed() {
    return closed;
  }

  @Override
  public void close() {
    closed++;
  }
}
