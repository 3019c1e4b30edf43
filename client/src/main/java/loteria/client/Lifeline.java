package loteria.client;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a signal cuts: the connection that the program waits on, and its pauses. Thread-safe. */
final class Lifeline {
  private final CountDownLatch cut = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Socket socket;

  /** Has the socket closed by {@link #cut}, now or later. */
  Socket hold(Socket connected) throws IOException {
    socket = connected;
    if (isCut()) {
      connected.close();
    }
    return connected;
  }

  boolean isCut() {
    return cut.getCount() == 0;
  }

  /** Pauses, but not beyond a cut. */
  void sleep(Duration duration) throws InterruptedException {
    boolean ignored = cut.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The program has closed all that it had. */
  void end() {
    ended.countDown();
  }

  /** Cuts, and waits until the program has closed all that it had; whoever calls this bounds it. */
  void cut() {
    cut.countDown();
    Socket held = socket;
    try {
      if (held != null) {
        held.close();
      }
      ended.await();
    } catch (IOException _) {
      // Nothing more can be done for it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
