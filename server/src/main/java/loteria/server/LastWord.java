package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** What a peer is told that is not conversed with. */
final class LastWord {
  private LastWord() {}

  /**
   * Says it, and no more, and reads on without looking until the peer has no more or so long has
   * passed: closing at once would answer what is under way with a reset, which can overtake it.
   */
  static void say(Socket socket, byte[] word, long drainMillis) throws IOException {
    // It fits the empty buffer of a new socket: this does not wait.
    socket.getOutputStream().write(word);
    socket.shutdownOutput();
    byte[] ignored = new byte[1024];
    long deadline = TimedInput.in(drainMillis);
    TimedInput in = new TimedInput(socket);
    try {
      int read = 0;
      while (read >= 0) {
        read = in.read(ignored, 0, ignored.length, deadline);
      }
    } catch (SocketTimeoutException _) {
      // It had its time.
    }
  }
}
