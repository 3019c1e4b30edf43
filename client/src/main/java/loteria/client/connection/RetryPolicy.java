package loteria.client.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long an agency goes on trying while it gets nowhere, and how long it waits before each
 * attempt: exponential back-off with full jitter (Marc Brooker, "Exponential Backoff And Jitter",
 * AWS Architecture Blog, 2015), so that agencies that lost the central together do not come back
 * together. For one thread.
 */
public class RetryPolicy {
  private static final long FIRST_MILLIS = 100;
  private static final long MAX_MILLIS = 3_000;

  private final long limitNanos;
  private long since; // the first failure
  private int attempts;
  private int failures;

  /**
   * A policy whose time begins with the first failure.
   *
   * @param limit how long it lasts without a {@link #reset}
   */
  public RetryPolicy(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  /** The central does what it should: time begins anew with the next failure. */
  public final void reset() {
    attempts = 0;
    failures = 0;
  }

  /**
   * How long to wait before the next attempt: not at all until each of so many centrals has been
   * tried; then from nothing to twice the last bound, which ends at 3 s, and never beyond the
   * limit, so that the last attempt is made when the time is over. Empty if it is over.
   *
   * @param centrals how many there are to be tried in turn
   */
  final Optional<Duration> next(int centrals) {
    if (failures == 0) {
      since = nanoTime();
    }
    long leftNanos = limitNanos - (nanoTime() - since);
    if (leftNanos <= 0) {
      return Optional.empty();
    }
    failures++;
    if (failures < centrals) {
      return Optional.of(Duration.ZERO);
    }
    long bound = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
    attempts++;
    // Rounded up, so that the time is over when the last attempt has failed.
    long leftMillis = Math.ceilDiv(leftNanos, TimeUnit.MILLISECONDS.toNanos(1));
    return Optional.of(Duration.ofMillis(Math.min(random(bound + 1), leftMillis)));
  }

  /** The clock, of which only differences mean anything. */
  public long nanoTime() {
    return System.nanoTime();
  }

  /** A random number from 0 to below the bound. */
  protected long random(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }
}
