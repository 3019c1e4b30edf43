package loteria.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import loteria.protocol.CentralTurn;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;

/**
 * A connection to the central: messages out, messages in. For one thread, but {@link #close}, which
 * any may call.
 */
final class ServerLink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  /** How long the central may be silent: it pings much more often. */
  private static final int SILENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final FrameDecoder decoder = new FrameDecoder();
  private CentralTurn turn = CentralTurn.GREETING;

  private ServerLink(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** A socket connected to the address, whose name is looked up now. */
  static Socket open(ServerAddress address) throws IOException {
    InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
    if (resolved.isUnresolved()) {
      throw new UnknownHostException("%s: the name is not known".formatted(address));
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.connect(resolved, CONNECT_MILLIS);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw new IOException("%s: %s".formatted(address, failed.getMessage()), failed);
    }
  }

  /** A link over a connected socket, which it owns. */
  static ServerLink over(Socket socket) throws IOException {
    return new ServerLink(socket);
  }

  void send(Message.FromAgency message) throws IOException {
    out.write(Codec.encode(message));
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
    while (true) {
      switch (decoder.next()) {
        case FrameDecoder.Whole whole -> {
          return decode(whole.frame());
        }
        case FrameDecoder.Broken broken ->
            throw new IOException("the central sends what is no frame: " + broken.reason());
        case FrameDecoder.NeedMore _ -> fill();
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

  private void fill() throws IOException {
    ByteBuffer space = decoder.space();
    try {
      int read = in.read(space.array(), space.position(), space.remaining());
      if (read < 0) {
        throw new IOException("the central closed the connection");
      }
      space.position(space.position() + read);
    } catch (SocketTimeoutException silent) {
      throw new IOException("the central was silent for %d ms".formatted(SILENCE_MILLIS), silent);
    } finally {
      decoder.filled();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
