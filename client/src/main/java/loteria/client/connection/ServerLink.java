package loteria.client.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.Frame;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Turns;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the central: messages out, messages in. For one thread, but {@link #close}, which
 * any may call.
 */
public final class ServerLink implements AutoCloseable {
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
   * Room for a whole window, which is sent by one write. A write to a central that is gone then
   * ends at once, and that it is gone is found by its silence.
   */
  static final int SEND_BUFFER_BYTES = 16 * Frame.BYTES_MAX;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ByteBuffer unsent = ByteBuffer.allocate(SEND_BUFFER_BYTES);
  private final FrameReader frames = new FrameReader();
  private final byte[] received = new byte[Frame.BYTES_MAX];
  private final Deadlines deadlines;
  private Turns.OfCentral turn = Turns.OfCentral.GREETING;

  /** What was read and is no message yet that anybody has asked for. */
  private FrameReader.@Nullable Step ready;

  private ServerLink(Socket socket, Deadlines deadlines) throws IOException {
    this.socket = socket;
    this.deadlines = deadlines;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** A link to the central, which the dialer's cancellation closes. */
  public static ServerLink open(Dialer dialer) throws IOException {
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
  public void send(Message.FromAgency message) {
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
  public void flush() {
    try {
      out.write(unsent.array(), 0, unsent.position());
    } catch (IOException _) {
      // See above.
    }
    unsent.clear();
  }

  /** Whether {@link #receive} has something to give or to say at once. */
  public boolean isReady() {
    if (ready == null) {
      ready = frames.next();
    }
    return !(ready instanceof FrameReader.NeedMore);
  }

  /** The next message, which is one that may come now. */
  public Message.FromCentral receive() throws IOException {
    Message.FromCentral message = next();
    Optional<Turns.OfCentral> after = turn.after(message);
    if (after.isEmpty()) {
      throw new IOException(
          "the central says " + message.getClass().getSimpleName() + " when " + turn);
    }
    turn = after.get();
    return message;
  }

  private Message.FromCentral next() throws IOException {
    int millis = turn == Turns.OfCentral.GREETING ? deadlines.welcome() : deadlines.silence();
    long since = System.nanoTime();
    boolean begun = false;
    while (!isReady()) {
      if (!begun && ready instanceof FrameReader.NeedMore more && more.begun()) {
        begun = true;
        millis = deadlines.frame();
        since = System.nanoTime();
      }
      flush();
      fill(since, millis);
      ready = null;
    }
    FrameReader.@Nullable Step step = ready;
    ready = null;
    if (step instanceof FrameReader.Whole whole) {
      return message(whole.decode());
    }
    if (step instanceof FrameReader.Broken broken) {
      throw new IOException("the central sends what is no frame: " + broken.reason());
    }
    throw new AssertionError(step);
  }

  private static Message.FromCentral message(Decoded decoded) throws IOException {
    if (decoded instanceof Message.FromCentral message) {
      return message;
    }
    throw new IOException(
        decoded instanceof Decoded.Malformed malformed
            ? "the central sends what is no message: " + malformed.reason()
            : "the central sends " + decoded.getClass().getSimpleName());
  }

  /** Reads some bytes, which must come so many milliseconds after that moment, or before. */
  private void fill(long since, int millis) throws IOException {
    try {
      long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      if (left <= 0) {
        throw new SocketTimeoutException("deadline passed");
      }
      socket.setSoTimeout((int) left);
      int read = in.read(received);
      if (read < 0) {
        throw new IOException("the central closed the connection");
      }
      frames.receive(received, 0, read);
    } catch (SocketTimeoutException silent) {
      throw new IOException("the central took longer than " + millis + " ms", silent);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
