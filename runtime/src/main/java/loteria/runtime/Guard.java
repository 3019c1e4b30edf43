package loteria.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Bounds in time what waits for others: a socket, or the like, is closed unless that is over in
 * time, which ends whatever waits for it. It waits on a thread of its own, which has ended when
 * {@link #close} returns.
 *
 * <pre>
 *   try (Guard _ = Guard.closing(socket, 10_000)) {
 *     out.write(bytes);
 *   }
 * </pre>
 *
 * For one thread.
 */
public final class Guard implements AutoCloseable {
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  private Guard(Closeable guarded, long millis) {
    this.thread =
        Thread.ofVirtual().name("guard").unstarted(() -> closeUnlessOver(guarded, millis));
  }

  /** Closes that so many milliseconds from now, unless it is closed itself before. */
  public static Guard closing(Closeable guarded, long millis) {
    Guard guard = new Guard(guarded, millis);
    guard.thread.start();
    return guard;
  }

  private void closeUnlessOver(Closeable guarded, long millis) {
    try {
      if (!over.await(millis, TimeUnit.MILLISECONDS)) {
        guarded.close();
      }
    } catch (IOException _) {
      // Nothing more can be done for it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was waited for is over. Idempotent. */
  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
