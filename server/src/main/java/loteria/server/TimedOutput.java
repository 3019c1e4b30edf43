package loteria.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a peer is sent, each writing bounded in time: a peer that does not read for so long has its
 * socket closed, which ends the writing. For one thread.
 */
final class TimedOutput extends OutputStream {
  private final Socket socket;
  private final OutputStream out;
  private final long millis;

  TimedOutput(Socket socket, long millis) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.millis = millis;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    CountDownLatch written = new CountDownLatch(1);
    Thread guard = Thread.ofVirtual().name("guard").start(() -> closeUnless(written));
    try {
      out.write(bytes, from, length);
    } finally {
      written.countDown();
      join(guard);
    }
  }

  private void closeUnless(CountDownLatch written) {
    try {
      if (!written.await(millis, TimeUnit.MILLISECONDS)) {
        socket.close();
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
