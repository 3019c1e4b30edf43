package loteria.client;

import java.io.IOException;
import loteria.protocol.EncodedBet;

/** Where an agency's bets come from, in an order that is the same each time. For one thread. */
public interface BetSource extends AutoCloseable {
  /**
   * Steps to the next bet.
   *
   * @param bet is set to it
   * @return false when there are no more
   * @throws BadRowException if what follows is no bet: then the source is at its end
   */
  boolean next(EncodedBet bet) throws IOException, BadRowException;

  /** Which part of its bets was stepped over, from 0 to 1, as far as that can be told: else 1. */
  default double part() throws IOException {
    return 1;
  }

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
