package loteria.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** How long an agency goes on trying while it gets nowhere. For one thread. */
final class Patience {
  private final long limitNanos;
  private final LongSupplier nanoTime;
  private final Backoff backoff;
  private long since;

  /**
   * Patience that begins now.
   *
   * @param limit how long it lasts without a {@link #reset}
   * @param nanoTime the clock: {@link System#nanoTime}
   */
  Patience(Duration limit, LongSupplier nanoTime, RandomGenerator random) {
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
    this.backoff = new Backoff(random);
    this.since = nanoTime.getAsLong();
  }

  /** The central does what it should: patience is whole again. */
  void reset() {
    since = nanoTime.getAsLong();
    backoff.reset();
  }

  /** How long to wait before the next attempt; empty when patience is over. */
  Optional<Duration> next() {
    return nanoTime.getAsLong() - since < limitNanos
        ? Optional.of(backoff.next())
        : Optional.empty();
  }
}
