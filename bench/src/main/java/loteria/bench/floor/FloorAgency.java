package loteria.bench.floor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The floor under an agency, a program: sends frames that were encoded before, from memory, keeps
 * at most a window of them unacknowledged, and waits for the last acknowledgement.
 *
 * <p>It begins when a line comes on its standard input and goes when that ends, so that all begin
 * at once and what they spent can still be read.
 */
final class FloorAgency {
  private static final int ACK_BYTES = 16;

  private FloorAgency() {}

  /**
   * Says {@code ready}; after the line, {@code start: NANOS end: NANOS} of this machine's monotonic
   * clock.
   *
   * @param arguments the port, the file of frames, and the window
   */
  public static void main(String[] arguments) throws IOException {
    FrameFile frames = FrameFile.read(Path.of(arguments[1]));
    int window = Integer.parseInt(arguments[2]);
    try (SocketChannel central =
        SocketChannel.open(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])))) {
      central.setOption(StandardSocketOptions.TCP_NODELAY, true);
      System.out.println("ready");
      awaitLine();
      long start = System.nanoTime();
      send(frames, window, central);
      System.out.println("start: " + start + " end: " + System.nanoTime());
      awaitEnd();
    }
  }

  private static void send(FrameFile frames, int window, SocketChannel central) throws IOException {
    ByteBuffer acks = ByteBuffer.allocateDirect(ACK_BYTES * window);
    int sent = 0;
    long acked = 0;
    while (acked < frames.count()) {
      int until = (int) Math.min(frames.count(), acked + window);
      if (sent < until) {
        ByteBuffer bytes = frames.slice(sent, until);
        while (bytes.hasRemaining()) {
          central.write(bytes);
        }
        sent = until;
      }
      acked = Math.max(acked, lastAck(acks, central));
    }
  }

  /** Waits for bytes, and gives the last whole acknowledgement; 0 if there is none yet. */
  private static long lastAck(ByteBuffer acks, SocketChannel central) throws IOException {
    if (central.read(acks) < 0) {
      throw new IOException("the floor's central has closed");
    }
    int whole = acks.position() / ACK_BYTES * ACK_BYTES;
    if (whole == 0) {
      return 0;
    }
    long last = acks.getLong(whole - ACK_BYTES);
    acks.flip().position(whole);
    acks.compact();
    return last;
  }

  private static void awaitLine() throws IOException {
    int read = System.in.read();
    if (read < 0) {
      throw new IOException("nobody says when to begin");
    }
  }

  private static void awaitEnd() throws IOException {
    System.in.transferTo(OutputStream.nullOutputStream());
  }
}
