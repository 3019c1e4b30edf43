package loteria.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How long commits took, and which are under way. Thread-safe: the owner of each partition writes,
 * anybody reads.
 */
public final class Commits {
  /** When a commit counts as slow, and how often that is said. */
  static final int SLOW_SECONDS = 5;

  private static final long NONE = 0;

  private final LongSupplier nanoTime;
  private final AtomicLongArray begun; // by partition
  private final long[] told; // by partition: seconds; of the thread that asks for slow ones
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong sumNanos = new AtomicLong();
  private final AtomicLong maxNanos = new AtomicLong();
  private volatile long lastNanos;

  /** None yet; the clock is like {@link System#nanoTime()}. */
  Commits(int partitions, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = new AtomicLongArray(partitions);
    this.told = new long[partitions];
  }

  /** Times the commits of one partition. */
  interface Timer {
    /** A commit begins: what {@link #end} is to be told. */
    long begin();

    void end(long begin);

    /** Nobody waits for it any more. */
    void abandon();
  }

  Timer timer(int partition) {
    return new Timer() {
      @Override
      public long begin() {
        long now = nanoTime.getAsLong();
        begun.set(partition, now == NONE ? now + 1 : now);
        return now;
      }

      @Override
      public void end(long begin) {
        begun.set(partition, NONE);
        record(nanoTime.getAsLong() - begin);
      }

      @Override
      public void abandon() {
        begun.set(partition, NONE);
      }
    };
  }

  private void record(long nanos) {
    lastNanos = nanos;
    maxNanos.accumulateAndGet(nanos, Math::max);
    sumNanos.addAndGet(nanos);
    count.incrementAndGet();
  }

  /** Takes commits that are slow. */
  interface Slow {
    void slow(int partition, long seconds);
  }

  /** Tells of each commit that is slow, every {@link #SLOW_SECONDS} of it once. One thread. */
  void tellSlow(Slow slow) {
    long now = nanoTime.getAsLong();
    for (int partition = 0; partition < told.length; partition++) {
      long since = begun.get(partition);
      long seconds = since == NONE ? 0 : TimeUnit.NANOSECONDS.toSeconds(now - since);
      if (seconds < SLOW_SECONDS) {
        told[partition] = 0;
      } else if (seconds - told[partition] >= SLOW_SECONDS) {
        told[partition] = seconds;
        slow.slow(partition, seconds);
      }
    }
  }

  /** How many have succeeded. */
  public long count() {
    return count.get();
  }

  /** How long the last one took, of whatever partition; 0 if there was none. */
  public long lastNanos() {
    return lastNanos;
  }

  /** How long the slowest one took. */
  public long maxNanos() {
    return maxNanos.get();
  }

  /** How long all of them took, one after the other. */
  public long sumNanos() {
    return sumNanos.get();
  }
}
