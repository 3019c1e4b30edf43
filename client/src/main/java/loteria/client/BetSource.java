package loteria.client;

import java.io.IOException;
import java.util.Optional;
import loteria.lottery.Bet;

/** Where an agency's bets come from, in an order that is the same each time. For one thread. */
public interface BetSource extends AutoCloseable {
  /**
   * The next bet; empty when there are no more.
   *
   * @throws BadRowException if what follows is no bet: then the source is at its end
   */
  Optional<Bet> next() throws IOException, BadRowException;

  @Override
  void close() throws IOException;

  /** Opens a source at its first bet. */
  @FunctionalInterface
  interface Opener {
    /**
     * A source of its own.
     *
     * @throws BadRowException if there are no bets to be had from what there is
     */
    BetSource open() throws IOException, BadRowException;
  }
}
