package loteria.client.bets;

import loteria.protocol.Rows;

/** Bets without end, as long as bets can be. */
public final class EndlessBets implements BetSource {
  private final byte[] row;

  public EndlessBets(int agency) {
    row = MadeUpBets.longest(agency, 1).getFirst().row();
  }

  @Override
  public void fill(Rows.Collector batch) {
    boolean room = true;
    while (room) {
      room = batch.add(row, 0, row.length);
    }
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
