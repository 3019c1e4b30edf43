package loteria.checks.simulation.truth;

import java.util.List;
import loteria.client.bets.BadRowException;
import loteria.client.bets.BetSource;
import loteria.protocol.Rows;

/** The bets that an agency has, which somebody may spoil and mend. For one thread. */
public final class AgencyFile {
  private static final int NONE = -1;

  private final List<Bet> bets;
  private int badRow = NONE;
  private boolean changed;

  AgencyFile(List<Bet> bets) {
    this.bets = List.copyOf(bets);
  }

  /** The bets as they are when nobody has spoilt them. */
  public List<Bet> bets() {
    return bets;
  }

  /** Makes a row no bet. */
  public void spoil(int row) {
    badRow = row;
  }

  /** Makes the first row another bet. */
  public void change() {
    changed = true;
  }

  public void mend() {
    badRow = NONE;
    changed = false;
  }

  public BetSource open() {
    return new Source(badRow, changed);
  }

  private Bet other(Bet bet) {
    return new Bet(
        bet.agency(),
        bet.firstName(),
        bet.lastName(),
        bet.document(),
        bet.birthDate(),
        (bet.number() + 1) % 10_000);
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
    public void fill(Rows.Collector batch) throws BadRowException {
      while (row < bets.size()) {
        if (row == bad) {
          if (batch.isEmpty()) {
            throw new BadRowException("agency.csv", row + 1L, "numero", "is not a number");
          }
          return;
        }
        Bet bet = bets.get(row);
        byte[] bytes = (other && row == 0 ? other(bet) : bet).rowBytes();
        if (!batch.add(bytes, 0, bytes.length)) {
          return;
        }
        row++;
      }
    }

    @Override
    public void close() {}
  }
}
