package loteria.client.bets;

import java.io.IOException;
import loteria.protocol.Rows;

/**
 * Where an agency's bets come from: as rows ({@link loteria.lottery.BetRow}), in an order that is
 * the same each time. For one thread.
 */
public interface BetSource extends AutoCloseable {
  /**
   * Adds the next rows to a batch until it has no room, or the next row is no bet, or there are no
   * more.
   *
   * @param batch is empty; it stays so if there are no more rows
   * @throws BadRowException if the very next row is no bet: nothing was added, and each further
   *     call throws again
   */
  void fill(Rows.Collector batch) throws IOException, BadRowException;

  /** The fraction of its bets that were taken, from 0 to 1; 1 if that is not known. */
  default double part() throws IOException {
    return 1;
  }

  /** Idempotent. */
  @Override
  void close() throws IOException;

  /** Opens a source at its first bet. */
  @FunctionalInterface
  interface Opener {
    /**
     * A source of its own.
     *
     * @param careful whether the source checks each row with {@link loteria.lottery.BetRow} before
     *     it adds it; otherwise it may leave that to the central. The valid rows are the same
     *     bytes.
     * @throws BadRowException if there can be no bets in what there is
     */
    BetSource open(boolean careful) throws IOException, BadRowException;
  }
}
