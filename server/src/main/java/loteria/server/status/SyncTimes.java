package loteria.server.status;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the syncs of the journal took: a histogram of fixed size, from a microsecond to 100
 * seconds, to two digits.
 *
 * <p>A time is in the bucket whose bound, of two decimal digits, is the next that it does not
 * exceed; what is longer than the last bound is in the last bucket. One thread records; any reads,
 * and may miss what is recorded meanwhile.
 */
public final class SyncTimes {
  private static final int DECADES = 8;
  private static final int BUCKETS_A_DECADE = 90;
  private static final long FIRST_NANOS =
      100; // the unit of the first decade's bounds: 1.0 to 9.9 µs

  private final AtomicLongArray buckets = new AtomicLongArray(DECADES * BUCKETS_A_DECADE);
  private volatile long sumNanos;
  private volatile long maxNanos;

  /** By one thread alone. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
  public void record(long nanos) {
    int bucket = bucket(nanos);
    buckets.setOpaque(bucket, buckets.getPlain(bucket) + 1);
    sumNanos += nanos;
    if (nanos > maxNanos) {
      maxNanos = nanos;
    }
  }

  /** Bucket i of a decade has the times above (9 + i) units and up to (10 + i) of them. */
  private static int bucket(long nanos) {
    long unit = FIRST_NANOS;
    for (int decade = 0; decade < DECADES; decade++, unit *= 10) {
      long digits = Math.ceilDiv(nanos, unit);
      if (digits < 10 + BUCKETS_A_DECADE) {
        return decade * BUCKETS_A_DECADE + (int) Math.max(digits - 10, 0);
      }
    }
    return DECADES * BUCKETS_A_DECADE - 1;
  }

  private static long boundNanos(int bucket) {
    long unit = FIRST_NANOS;
    for (int decade = 0; decade < bucket / BUCKETS_A_DECADE; decade++) {
      unit *= 10;
    }
    return unit * (10 + bucket % BUCKETS_A_DECADE);
  }

  public long count() {
    return countUpTo(Long.MAX_VALUE);
  }

  /** How many took no longer than that, which is a bound of a bucket or beyond all. */
  public long countUpTo(long nanos) {
    long count = 0;
    for (int bucket = 0; bucket < buckets.length() && boundNanos(bucket) <= nanos; bucket++) {
      count += buckets.getOpaque(bucket);
    }
    return count;
  }

  public double sumSeconds() {
    return seconds(sumNanos);
  }

  public double maxSeconds() {
    return seconds(maxNanos);
  }

  /**
   * What so large a part of them did not exceed, rounded up to two digits; 0 when there are none.
   *
   * @param part 0 to 1
   */
  public double quantileSeconds(double part) {
    long wanted = Math.max((long) Math.ceil(part * count()), 1);
    long seen = 0;
    for (int bucket = 0; bucket < buckets.length(); bucket++) {
      seen += buckets.getOpaque(bucket);
      if (seen >= wanted) {
        return Math.min(seconds(boundNanos(bucket)), maxSeconds());
      }
    }
    return 0;
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
