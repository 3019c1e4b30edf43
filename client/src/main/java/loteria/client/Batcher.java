package loteria.client;

import java.io.IOException;
import java.util.Optional;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import loteria.lottery.Standing;
import loteria.protocol.Bets;
import org.jspecify.annotations.Nullable;

/**
 * Puts bets together into batches, each as large as its count and the frame allow: only the last
 * can be smaller than the count when bytes do not bind. For one thread.
 */
final class Batcher {
  private static final int SKIPPED_AT_ONCE = 1024;

  private final BetSource source;
  private final Bets.Collector collector;

  /** A bet that did not fit the batch before it. */
  private @Nullable Bet left;

  /** What comes after the bets that were batched. */
  private @Nullable BadRowException bad;

  /**
   * Batches what the source has from now on.
   *
   * @param betsMax the most bets of a batch
   */
  Batcher(BetSource source, int betsMax) {
    this.source = source;
    this.collector = new Bets.Collector(betsMax);
  }

  /**
   * Passes over the first bets of the source; before any batch.
   *
   * @return how many there were, at most {@code count}, and their checksum
   */
  Standing skip(long count) throws IOException, BadRowException {
    Bets.Collector skipped = new Bets.Collector(SKIPPED_AT_ONCE);
    int checksum = Checksum.EMPTY;
    long found = 0;
    Optional<Bet> bet = found < count ? source.next() : Optional.empty();
    while (bet.isPresent()) {
      found++;
      if (!skipped.add(bet.get())) {
        checksum = join(checksum, skipped.take());
        boolean added = skipped.add(bet.get());
        assert added;
      }
      bet = found < count ? source.next() : Optional.empty();
    }
    return new Standing(
        found, skipped.isEmpty() ? checksum : join(checksum, skipped.take()), false);
  }

  private static int join(int checksum, Bets bets) {
    return Checksum.join(checksum, bets.checksum(), bets.length());
  }

  /**
   * The next batch; empty when there are no more bets.
   *
   * @throws BadRowException when all the bets before a bad row have been batched
   */
  Optional<Bets> next() throws IOException, BadRowException {
    boolean room = true;
    while (room && bad == null) {
      Optional<Bet> bet = left == null ? nextBet() : Optional.of(left);
      left = null;
      if (bet.isEmpty()) {
        break;
      }
      room = collector.add(bet.get());
      if (!room) {
        left = bet.get();
      }
    }
    if (!collector.isEmpty()) {
      return Optional.of(collector.take());
    }
    if (bad != null) {
      throw bad;
    }
    return Optional.empty();
  }

  private Optional<Bet> nextBet() throws IOException {
    try {
      return source.next();
    } catch (BadRowException row) {
      bad = row;
      return Optional.empty();
    }
  }
}
