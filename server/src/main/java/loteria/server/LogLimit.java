package loteria.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many log lines strangers may cause: {@link #BURST} at once and then {@link #A_SECOND} by an
 * address or in the name of an agency, and ten times as many by all of them. What is left out is
 * counted.
 *
 * <p>It knows the {@link #ADDRESSES_MAX} addresses that came last; one that it has forgotten begins
 * anew. Thread-safe.
 */
final class LogLimit {
  static final int BURST = 100;
  static final int A_SECOND = 10;
  static final int ALL = 10;
  static final int ADDRESSES_MAX = 1024;

  private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final Map<String, Bucket> addresses =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };
  private final Bucket all;
  private long leftOut;
  private long told;

  /** Has left out nothing yet; the clock is like {@link System#nanoTime()}. */
  LogLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    this.all = new Bucket(now, BURST * ALL, A_SECOND * ALL);
    this.told = now - TOLD_EVERY_NANOS;
  }

  /** Whether a line that the peer of this address causes is to be written; otherwise it counts. */
  boolean allows(String ip) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      Bucket own = addresses.computeIfAbsent(ip, _ -> new Bucket(now, BURST, A_SECOND));
      boolean allowed = own.fill(now) && all.fill(now);
      if (allowed) {
        own.lines--;
        all.lines--;
      } else {
        leftOut++;
      }
      return allowed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many lines were left out since this said so last; 0 within a second of that.
   *
   * @param end whether nobody asks again
   */
  long takeLeftOut(boolean end) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (leftOut == 0 || (!end && now - told < TOLD_EVERY_NANOS)) {
        return 0;
      }
      long count = leftOut;
      leftOut = 0;
      told = now;
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Lines that may be written now. */
  private static final class Bucket {
    private final int linesMax;
    private final int perSecond;
    private double lines;
    private long filled;

    Bucket(long now, int linesMax, int perSecond) {
      this.linesMax = linesMax;
      this.perSecond = perSecond;
      this.lines = linesMax;
      this.filled = now;
    }

    /** Adds what came since the last time: whether there is a line. */
    boolean fill(long now) {
      lines = Math.min(linesMax, lines + (now - filled) * 1e-9 * perSecond);
      filled = now;
      return lines >= 1;
    }
  }
}
