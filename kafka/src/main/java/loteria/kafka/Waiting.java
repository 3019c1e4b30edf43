package loteria.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** How long this program waits for what others do. For one thread. */
final class Waiting {
  /** How long a step of it takes. */
  static final long STEP_MILLIS = 50;

  /** How long nothing may come while there is something to read. */
  private static final long SILENCE_MILLIS_MAX = 60_000;

  private long since = System.nanoTime();
  private long seen;

  /** Whether it takes longer than that by now: since it began, or since something came. */
  boolean isLongerThan(long millis) {
    return System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /**
   * Looks whether something comes.
   *
   * @param size of what has come so far
   * @return false if nothing has for too long
   */
  boolean goesOn(long size) {
    if (size > seen) {
      seen = size;
      since = System.nanoTime();
    }
    return !isLongerThan(SILENCE_MILLIS_MAX);
  }

  /** That nothing came of a partition, by what messages call it, whose end is known. */
  static IOException silence(String partition, Copy copy, long end) {
    return new IOException(
        "%s was read up to offset %d of %d, and nothing more came for %d seconds"
            .formatted(partition, copy.next(), end, SILENCE_MILLIS_MAX / 1_000));
  }

  /** Waits for a step. */
  static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the log was read");
    }
  }
}
