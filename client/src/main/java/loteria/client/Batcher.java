package loteria.client;

import java.io.IOException;
import java.util.Optional;
import loteria.lottery.Checksum;
import loteria.lottery.Share;
import loteria.lottery.Standing;
import loteria.protocol.Bets;
import loteria.protocol.EncodedBet;
import org.jspecify.annotations.Nullable;

/**
 * Puts bets together into batches, each as large as its count and the frame allow: only the last
 * can be smaller than the count when bytes do not bind. For one thread.
 */
final class Batcher {
  private static final int SKIPPED_AT_ONCE = 1024;

  private final BetSource source;
  private final OwnShare share;
  private final Bets.Collector collector;

  /** The bet that the source has stepped to. */
  private final EncodedBet bet = new EncodedBet();

  /** Whether it is still to be batched, since it did not fit the batch before. */
  private boolean left;

  /** What comes after the bets that were batched. */
  private @Nullable BadRowException bad;

  /**
   * Batches what the source has from now on.
   *
   * @param betsMax the most bets of a batch
   */
  Batcher(int agency, BetSource source, int betsMax) {
    this.source = source;
    this.share = new OwnShare(agency);
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
    while (found < count && take()) {
      found++;
      if (!skipped.add(bet)) {
        checksum = join(checksum, skipped.take());
        boolean added = skipped.add(bet);
        assert added;
      }
    }
    return new Standing(
        found, skipped.isEmpty() ? checksum : join(checksum, skipped.take()), false);
  }

  /** What of the sealed file should be the agency's, if there are no bets beyond those so far. */
  Share share() {
    return share.share();
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
    while (left || step()) {
      left = !collector.add(bet);
      if (left) {
        break;
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

  private boolean take() throws IOException, BadRowException {
    boolean more = source.next(bet);
    if (more) {
      share.add(bet);
    }
    return more;
  }

  private boolean step() throws IOException {
    try {
      return bad == null && take();
    } catch (BadRowException row) {
      bad = row;
      return false;
    }
  }
}
