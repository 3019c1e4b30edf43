package loteria.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import loteria.runtime.Guard;

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
    try (Guard _ = Guard.closing(socket, millis)) {
      out.write(bytes, from, length);
    }
  }
}
