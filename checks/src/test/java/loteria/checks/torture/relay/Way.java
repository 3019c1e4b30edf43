package loteria.checks.torture.relay;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One direction of a relayed connection: its far end. For the thread that pumps it. */
final class Way {
  enum Direction {
    TO_CENTRAL,
    TO_AGENCY
  }

  private final RelayedConnection connection;
  private final Socket to;
  private final CountDownLatch over;

  /**
   * @param over when the connection is: nobody waits any longer then
   */
  Way(RelayedConnection connection, Socket to, CountDownLatch over) {
    this.connection = connection;
    this.to = to;
    this.over = over;
  }

  void send(byte[] bytes) throws IOException {
    send(bytes, 0, bytes.length);
  }

  /** Sends the bytes from one position up to another. */
  void send(byte[] bytes, int from, int end) throws IOException {
    to.getOutputStream().write(bytes, from, end - from);
  }

  void pause(long millis) throws IOException {
    try {
      var _ = over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  /** There is no more to send; the other direction goes on. */
  void end() throws IOException {
    to.shutdownOutput();
  }

  /** Closes the connection, both ways. */
  void cut() {
    connection.close();
  }

  /** Resets the connection, on both sides: what is under way is thrown away. */
  void reset() {
    connection.reset();
  }
}
