package loteria.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import loteria.bench.lab.Peer;
import org.HdrHistogram.Histogram;

/**
 * One agency that sends its batches at given times, whether or not the central keeps up: what an
 * answer took is counted from when its batch was to be sent. So a central that stops for a moment
 * is charged with all that should have been sent in it, and there is no coordinated omission to be
 * corrected afterwards. The window holds a batch back, but not its clock.
 */
public final class OpenLoop {
  private static final long NANOS_MAX = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final long PATIENCE_SECONDS = 60;

  private final Peer peer;
  private final int agency;
  private final Batches batches;
  private final Semaphore window;

  /** How many batches were sent in earlier rounds. */
  private long before;

  public OpenLoop(Peer peer, int agency, Batches batches, int window) {
    this.peer = peer;
    this.agency = agency;
    this.batches = batches;
    this.window = new Semaphore(window);
  }

  /**
   * Sends so many batches, the first at {@code start}, and waits until all are acknowledged.
   *
   * @param start as {@link System#nanoTime()}
   * @param intervalNanos between two of them
   * @return how long the acknowledgement of each took, in nanoseconds
   */
  public Histogram run(long start, long intervalNanos, int count) throws IOException {
    Histogram latencies = new Histogram(NANOS_MAX, DIGITS);
    var _ =
        Threads.all(
            Thread.ofPlatform().daemon(),
            List.of(
                () -> send(start, intervalNanos, count),
                () -> receive(start, intervalNanos, count, latencies)));
    before += count;
    return latencies;
  }

  private long receive(long start, long intervalNanos, int count, Histogram latencies)
      throws IOException {
    long acked = 0;
    while (acked < count) {
      long now = peer.receiveStored() / batches.size() - before;
      long nanos = System.nanoTime();
      window.release((int) (now - acked));
      for (; acked < now; acked++) {
        latencies.recordValue(Math.max(0, nanos - (start + acked * intervalNanos)));
      }
    }
    return acked;
  }

  private long send(long start, long intervalNanos, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      byte[] frame = batches.frame(agency, before + i);
      long due = start + i * intervalNanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (!window.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("nothing is acknowledged any more");
      }
      peer.send(frame);
    }
    return count;
  }
}
