package loteria.client.connection;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a signal cancels: the connection that the program waits on, and its pauses. Thread-safe. */
public final class Cancellation {
  /** How long the program has to close all that it had: of the second that a signal leaves it. */
  private static final long CLOSING_MILLIS = 600;

  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Socket socket;

  /** Has the socket closed by {@link #cancel}, now or later; it is the one held from now on. */
  void hold(Socket opened) throws IOException {
    socket = opened;
    if (isCancelled()) {
      opened.close();
    }
  }

  public boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /** Pauses, but not beyond a cancellation. */
  public void sleep(Duration duration) throws InterruptedException {
    boolean ignored = cancelled.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The program has closed all that it had. */
  public void end() {
    ended.countDown();
  }

  /**
   * Cancels, and waits until the program has closed all that it had, but not for long: a name that
   * is being looked up cannot be interrupted.
   */
  public void cancel() {
    cancelled.countDown();
    close(socket);
    try {
      boolean ignored = ended.await(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(@Nullable Socket held) {
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }
}
