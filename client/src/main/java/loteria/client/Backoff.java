package loteria.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential with full jitter (Marc Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that agencies that lost the
 * central together do not come back together.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long MAX_MILLIS = 3_000;

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The next wait: from nothing to twice the last bound, which ends at 3 s. */
  Duration next() {
    long bound = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
    attempts++;
    return Duration.ofMillis(random.nextLong(bound + 1));
  }

  /** An attempt has succeeded. */
  void reset() {
    attempts = 0;
  }
}
