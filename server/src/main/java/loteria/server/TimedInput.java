package loteria.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What a peer sends, read against deadlines on the monotonic clock. For one thread. */
final class TimedInput {
  private final Socket socket;
  private final InputStream in;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /**
   * Reads some bytes.
   *
   * @param deadline a value of {@link System#nanoTime()}
   * @return how many, or -1 if the peer has no more
   * @throws SocketTimeoutException if none has come by the deadline
   */
  int read(byte[] into, int from, int length, long deadline) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
    return in.read(into, from, length);
  }

  /** The deadline that is so far from now. */
  static long in(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
