package loteria.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/** A connection of the load generator to the central. One thread may send, another receive. */
public final class Peer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final byte[] PONG = Codec.encode(new Message.Pong());

  private final Socket socket;
  private final FrameReader frames = new FrameReader();
  private final byte[] bytes = new byte[1 << 13];

  private Peer(Socket socket) {
    this.socket = socket;
  }

  public static Peer at(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Peer(socket);
  }

  /** Says hello as an agency that has nothing stored. */
  public Message.Welcome greet(int agency) throws IOException {
    Message.Welcome welcome = greet(agency, 0);
    if (welcome.state().next() != 0) {
      throw new IOException("agency %d has bets already".formatted(agency));
    }
    return welcome;
  }

  /** Says hello as an agency that was told that so many bets are stored; there may be more. */
  public Message.Welcome greet(int agency, long acked) throws IOException {
    send(Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked)));
    if (receive() instanceof Message.Welcome welcome) {
      return welcome;
    }
    throw new IOException("agency %d is not welcome".formatted(agency));
  }

  public void send(byte[] frame) throws IOException {
    socket.getOutputStream().write(frame);
  }

  /** How many bets are stored, when the central says so next. */
  public long receiveStored() throws IOException {
    while (true) {
      switch (receive()) {
        case Message.Stored(long next) -> {
          return next;
        }
        case Message.Ping _ -> send(PONG);
        case Message other -> throw new IOException("the central says " + other);
      }
    }
  }

  private Message receive() throws IOException {
    while (true) {
      switch (frames.next()) {
        case FrameReader.Whole whole -> {
          if (whole.decode() instanceof Message message) {
            return message;
          }
          throw new IOException("the central says what makes no sense");
        }
        case FrameReader.Broken broken -> throw new IOException(broken.reason());
        case FrameReader.NeedMore _ -> {
          int read = socket.getInputStream().read(bytes);
          if (read < 0) {
            throw new IOException("the central has closed");
          }
          frames.receive(bytes, 0, read);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
