package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/** The other end of a connection to a central: an agency that does whatever a test wants. */
public final class Peer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final FrameReader reader = new FrameReader();
  private final byte[] arrived = new byte[1 << 16];

  private Peer(Socket socket) {
    this.socket = socket;
  }

  public static Peer connect(int port) throws IOException {
    return connect(port, new Socket());
  }

  /** A peer that waits no longer than that for what it is told. */
  public static Peer connect(int port, int patienceMillis) throws IOException {
    Peer peer = connect(port);
    peer.socket.setSoTimeout(patienceMillis);
    return peer;
  }

  /** A peer that takes a few bytes only before it reads. */
  public static Peer connectNarrow(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1024);
    return connect(port, socket);
  }

  /** A peer over a connection that is there. */
  public static Peer over(Socket socket) {
    return new Peer(socket);
  }

  private static Peer connect(int port, Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    return new Peer(socket);
  }

  public void send(Message... messages) throws IOException {
    for (Message message : messages) {
      sendBytes(Codec.encode(message));
    }
  }

  public void sendBytes(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public static Message.Hello hello(int versionMin, int versionMax, int agency) {
    return new Message.Hello(versionMin, versionMax, agency, 0);
  }

  public static Message.Hello helloOf(int agency) {
    return hello(Codec.VERSION, Codec.VERSION, agency);
  }

  public Message.Welcome hello(int agency) throws IOException {
    send(helloOf(agency));
    return (Message.Welcome) next();
  }

  /** Sends all of a file in batches of so many bets, hears that it is stored, and finishes. */
  public void upload(int agency, List<Bet> file, int batchBets) throws IOException {
    for (int from = 0; from < file.size(); from += batchBets) {
      send(SampleBets.part(file, from, Math.min(from + batchBets, file.size())));
    }
    awaitStored(file.size());
    send(SampleBets.finish(agency, file));
    assertThat(next()).isEqualTo(new Message.Finished(file.size()));
  }

  /** Hears what of the seal is the agency's, and the only page of its winners. */
  public Message.WinnersPage winners() throws IOException {
    assertThat(next()).isInstanceOf(Message.SealReceipt.class);
    return (Message.WinnersPage) next();
  }

  public void awaitStored(long total) throws IOException {
    long stored = 0;
    while (stored < total) {
      Message message = next();
      assertThat(message).isInstanceOf(Message.Stored.class);
      assertThat(((Message.Stored) message).next()).isBetween(stored + 1, total);
      stored = ((Message.Stored) message).next();
    }
  }

  /** Hears acknowledgements until so many bets are stored, or more. */
  public void awaitStoredAtLeast(long total) throws IOException {
    Message message = next();
    while (!(message instanceof Message.Stored(long stored) && stored >= total)) {
      assertThat(message).isInstanceOf(Message.Stored.class);
      message = next();
    }
  }

  /** What the central says next; pings are answered and passed over. */
  public Message next() throws IOException {
    while (true) {
      Message message = nextOrPing();
      if (!(message instanceof Message.Ping)) {
        return message;
      }
      send(new Message.Pong());
    }
  }

  /** What the central says next. */
  public Message nextOrPing() throws IOException {
    while (true) {
      switch (reader.next()) {
        case FrameReader.Whole whole -> {
          return (Message) whole.decode();
        }
        case FrameReader.NeedMore _ -> {
          if (!fill()) {
            throw new AssertionError("the central has closed");
          }
        }
        case FrameReader.Broken broken -> throw new AssertionError(broken);
      }
    }
  }

  private boolean fill() throws IOException {
    int read = socket.getInputStream().read(arrived);
    reader.receive(arrived, 0, Math.max(read, 0));
    return read >= 0;
  }

  /** Hears a refusal as the last word, with the end of the connection after it. */
  public Message.Refused assertRefused(Refusal refusal) throws IOException {
    Message last = next();
    while (last instanceof Message.Stored || last instanceof Message.Finished) {
      last = next();
    }
    assertThat(last).isInstanceOf(Message.Refused.class);
    Message.Refused refused = (Message.Refused) last;
    assertThat(refused.refusal()).as(refused.reason()).isEqualTo(refusal);
    assertEnds();
    return refused;
  }

  /** The central closes, and says nothing more. */
  public void assertEnds() throws IOException {
    try {
      assertThat(socket.getInputStream().read()).as("the end").isEqualTo(-1);
    } catch (SocketException reset) {
      // It had not read all that was sent to it: a close is a close.
    }
  }

  /** The next bytes, whatever they are. */
  public byte[] read(int bytes) throws IOException {
    return socket.getInputStream().readNBytes(bytes);
  }

  /** Says that nothing more comes. */
  public void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection off. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
