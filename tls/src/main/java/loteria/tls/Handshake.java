package loteria.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A handshake that is bounded in time as a whole: a peer that is not done by then has its
 * connection closed, however it doles out its bytes. For one thread.
 */
final class Handshake {
  private final Socket under;
  private final long millis;
  private final CountDownLatch done = new CountDownLatch(1);

  Handshake(Socket under, long millis) {
    this.under = under;
    this.millis = millis;
  }

  void shake(SSLSocket over) throws IOException {
    Thread guard = Thread.ofVirtual().name("guard").start(this::closeUnlessDone);
    try {
      over.startHandshake();
    } catch (SSLException failed) {
      throw under.isClosed() ? tooSlow(failed) : TlsFailures.of(failed);
    } catch (IOException failed) {
      throw under.isClosed() ? tooSlow(failed) : failed;
    } finally {
      done.countDown();
      join(guard);
    }
  }

  private IOException tooSlow(IOException cause) {
    return new IOException(
        "the TLS handshake was cut, or took longer than %d ms".formatted(millis), cause);
  }

  private void closeUnlessDone() {
    try {
      if (!done.await(millis, TimeUnit.MILLISECONDS)) {
        under.close();
      }
    } catch (IOException _) {
      // Nothing more can be done for it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread guard) {
    try {
      guard.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
