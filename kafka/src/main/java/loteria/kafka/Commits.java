package loteria.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Which commits are under way, and since when. Thread-safe: the owner of each partition writes,
 * anybody reads.
 */
final class Commits {
  /** When a commit counts as slow, and how often that is said. */
  static final int SLOW_SECONDS = 5;

  private static final long NONE = 0;

  private final LongSupplier nanoTime;
  private final AtomicLongArray begun; // by partition
  private final long[] told; // by partition: seconds; of the thread that asks for slow ones

  /** None yet; the clock is like {@link System#nanoTime()}. */
  Commits(int partitions, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = new AtomicLongArray(partitions);
    this.told = new long[partitions];
  }

  /** A commit of this partition begins. */
  void begin(int partition) {
    long now = nanoTime.getAsLong();
    begun.set(partition, now == NONE ? now + 1 : now);
  }

  /** It has ended, however it has. */
  void end(int partition) {
    begun.set(partition, NONE);
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
}
