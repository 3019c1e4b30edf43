package loteria.server;

import java.util.ArrayList;
import java.util.List;

/** How many bets came in each of the last seconds. For one thread. */
final class Rates {
  /** How far back they go. */
  static final int SECONDS_MAX = 300;

  private final long[] ring = new long[SECONDS_MAX];
  private long seconds;
  private long bets;

  /**
   * So many bets have come, so many whole seconds after the beginning. When seconds were left out
   * since the last call, what came in them is shared out evenly.
   */
  void sample(long betsNow, long secondsNow) {
    for (long left = secondsNow - seconds; left > 0; left--) {
      long share = (betsNow - bets) / left;
      ring[(int) (seconds % SECONDS_MAX)] = share;
      bets += share;
      seconds++;
    }
  }

  /** Bets of each whole second, the oldest first. */
  List<Long> perSecond() {
    List<Long> rates = new ArrayList<>();
    for (long second = Math.max(seconds - SECONDS_MAX, 0); second < seconds; second++) {
      rates.add(ring[(int) (second % SECONDS_MAX)]);
    }
    return rates;
  }
}
