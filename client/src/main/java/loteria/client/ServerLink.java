package loteria.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import loteria.protocol.CentralTurn;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.Frame;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;

/**
 * A connection to the central: messages out, messages in. For one thread, but {@link #close}, which
 * any may call.
 */
final class ServerLink implements AutoCloseable {
  /** How long the central may be silent: it pings much more often. */
  static final int SILENCE_MILLIS = 30_000;

  /**
   * How long the central may take, in milliseconds.
   *
   * @param welcome to answer Hello
   * @param frame from a frame's first byte to its last
   * @param silence between frames
   */
  record Deadlines(int welcome, int frame, int silence) {
    static final Deadlines DEFAULT = new Deadlines(10_000, 10_000, SILENCE_MILLIS);
  }

  /**
   * Room for a whole window: a write to a central that is gone then ends at once, and that it is
   * gone is found by its silence.
   */
  static final int SEND_BUFFER_BYTES = 16 * Frame.BYTES_MAX;

  /** What is sent at once: a write for a few frames costs little more than one for one. */
  private static final int UNSENT_BYTES_MAX = 4 * Frame.BYTES_MAX;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ByteBuffer unsent = ByteBuffer.allocate(UNSENT_BYTES_MAX);
  private final FrameDecoder decoder = new FrameDecoder();
  private final Deadlines deadlines;
  private CentralTurn turn = CentralTurn.GREETING;

  private ServerLink(Socket socket, Deadlines deadlines) throws IOException {
    this.socket = socket;
    this.deadlines = deadlines;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** A link to the central, which the dialer's lifeline holds. */
  static ServerLink open(Dialer dialer) throws IOException {
    return open(dialer, Deadlines.DEFAULT);
  }

  static ServerLink open(Dialer dialer, Deadlines deadlines) throws IOException {
    Socket socket = dialer.dial();
    try {
      return new ServerLink(socket, deadlines);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  /** Sends a message, at the latest with the next call of {@link #flush} or {@link #receive}. */
  void send(Message.FromAgency message) {
    if (unsent.remaining() < Frame.BYTES_MAX) {
      flush();
    }
    Codec.encode(message, unsent);
  }

  /**
   * Has all that was sent on its way. A central that takes no more may have said why before: an
   * agency that came back without reading that it is fenced would fence the one that took over. So
   * nothing is said of a failed write; the end is there to be read, after the last word.
   */
  void flush() {
    try {
      out.write(unsent.array(), 0, unsent.position());
    } catch (IOException _) {
      // See above.
    }
    unsent.clear();
  }

  /** The next message, which is one that may come now. */
  Message.FromCentral receive() throws IOException {
    Message.FromCentral message = next();
    turn =
        turn.after(message)
            .orElseThrow(() ->
                new IOException(
                    "the central says %s when %s"
                        .formatted(message.getClass().getSimpleName(), turn)));
    return message;
  }

  private Message.FromCentral next() throws IOException {
    int millis = turn == CentralTurn.GREETING ? deadlines.welcome() : deadlines.silence();
    long since = System.nanoTime();
    boolean begun = false;
    while (true) {
      switch (decoder.next()) {
        case FrameDecoder.Whole whole -> {
          return decode(whole.frame());
        }
        case FrameDecoder.Broken broken ->
            throw new IOException("the central sends what is no frame: " + broken.reason());
        case FrameDecoder.NeedMore(boolean begins) -> {
          if (begins && !begun) {
            begun = true;
            millis = deadlines.frame();
            since = System.nanoTime();
          }
          flush();
          fill(since, millis);
        }
      }
    }
  }

  private static Message.FromCentral decode(byte[] frame) throws IOException {
    return switch (Codec.decode(frame)) {
      case Message.FromCentral message -> message;
      case Decoded.Malformed malformed ->
          throw new IOException("the central sends what is no message: " + malformed.reason());
      case Message other ->
          throw new IOException("the central sends %s".formatted(other.getClass().getSimpleName()));
    };
  }

  /** Reads some bytes, which must come so many milliseconds after that moment, or before. */
  private void fill(long since, int millis) throws IOException {
    ByteBuffer space = decoder.space();
    try {
      long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      if (left <= 0) {
        throw new SocketTimeoutException("deadline passed");
      }
      socket.setSoTimeout((int) left);
      int read = in.read(space.array(), space.position(), space.remaining());
      if (read < 0) {
        throw new IOException("the central closed the connection");
      }
      space.position(space.position() + read);
    } catch (SocketTimeoutException silent) {
      throw new IOException("the central took longer than %d ms".formatted(millis), silent);
    } finally {
      decoder.filled();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
