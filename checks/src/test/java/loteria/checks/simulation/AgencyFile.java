package loteria.checks.simulation;

import java.util.List;
import loteria.client.BadRowException;
import loteria.client.BetSource;
import loteria.lottery.Bet;
import loteria.protocol.EncodedBet;

/** The bets that an agency has, which somebody may spoil and mend. For one thread. */
final class AgencyFile {
  private static final int NONE = -1;

  private final List<Bet> bets;
  private int badRow = NONE;
  private boolean changed;

  AgencyFile(List<Bet> bets) {
    this.bets = List.copyOf(bets);
  }

  /** The bets as they are when nobody has spoilt them. */
  List<Bet> bets() {
    return bets;
  }

  /** Makes a row no bet. */
  void spoil(int row) {
    badRow = row;
  }

  /** Makes the first row another bet. */
  void change() {
    changed = true;
  }

  void mend() {
    badRow = NONE;
    changed = false;
  }

  boolean isSpoilt() {
    return badRow != NONE;
  }

  boolean isChanged() {
    return changed;
  }

  BetSource open() {
    return new Source(badRow, changed);
  }

  private Bet other(Bet bet) {
    return new Bet(
        bet.agency(),
        bet.firstName(),
        bet.lastName(),
        bet.document(),
        bet.birthDate(),
        (bet.number() + 1) % (Bet.NUMBER_MAX + 1));
  }

  private final class Source implements BetSource {
    private final int bad;
    private final boolean other;
    private int row;

    Source(int bad, boolean other) {
      this.bad = bad;
      this.other = other;
    }

    @Override
    public boolean next(EncodedBet into) throws BadRowException {
      if (row == bad) {
        throw new BadRowException("agency.csv", row + 1L, "numero", "is not a number");
      }
      if (row == bets.size()) {
        return false;
      }
      Bet bet = bets.get(row++);
      into.set(other && row == 1 ? other(bet) : bet);
      return true;
    }

    @Override
    public void close() {}
  }
}
