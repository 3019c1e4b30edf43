package loteria.client.bets;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import loteria.protocol.Rows;
import org.jspecify.annotations.Nullable;

/** A source of listed bets, and of a bad row after them if there is to be one. */
public final class ListedBets implements BetSource {
  private final Queue<byte[]> rows = new ArrayDeque<>();
  private final @Nullable BadRowException bad;
  private int closed;

  private ListedBets(List<Bet> bets, @Nullable BadRowException bad) {
    bets.forEach(bet -> rows.add(bet.row()));
    this.bad = bad;
  }

  public static ListedBets of(List<Bet> bets) {
    return new ListedBets(bets, null);
  }

  /** The row that follows the bets is none. */
  public static ListedBets withBadRowAfter(List<Bet> bets) {
    return new ListedBets(bets, badRow(bets.size() + 1));
  }

  public static BadRowException badRow(long line) {
    return new BadRowException("list", line, "documento", "'12a' is not digits");
  }

  @Override
  public void fill(Rows.Collector batch) throws BadRowException {
    byte[] row = rows.peek();
    while (row != null && batch.add(row, 0, row.length)) {
      rows.remove();
      row = rows.peek();
    }
    if (batch.isEmpty() && bad != null) {
      throw bad;
    }
  }

  /** How often it was closed. */
  public int closed() {
    return closed;
  }

  @Override
  public void close() {
    closed++;
  }
}
