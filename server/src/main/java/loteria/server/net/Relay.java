package loteria.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.runtime.settings.HostPort;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Output;
import org.jspecify.annotations.Nullable;

/**
 * An agency's connection that is carried to the central that has the agency, byte for byte, both
 * ways, until either side ends; no frame is looked at again. On the loop's thread.
 *
 * <pre>
 *   agency == Connection == Near <-- Relay --> Far == Connection == the agency's central
 * </pre>
 *
 * <p>What one side does not take is held, up to {@link #HELD_BYTES_MAX}; then the other side is not
 * read. Whether an agency is too slow is for its own central to judge, whose pings go through here.
 * Only what is dead is ended here: when one side is gone, so is the other, after what was under way
 * to it. An agency whose central cannot be reached, or says nothing at all, is told to come back.
 */
final class Relay {
  /** What is held for one side at most. */
  static final int HELD_BYTES_MAX = 1 << 18;

  private final Loop loop;
  private final String owner;
  private final Deadlines deadlines;
  private final int agency;
  private final Near near;
  private final Far far;

  private Relay(
      Loop loop, Connection connection, String owner, int agency, Deadlines deadlines, long now) {
    this.loop = loop;
    this.owner = owner;
    this.agency = agency;
    this.deadlines = deadlines;
    this.near = new Near(connection);
    this.far = new Far(now);
  }

  /**
   * Begins to carry a connection.
   *
   * @param owner where the central is that has the agency: see {@link Conversation.Link#relay}
   * @param soFar what has come of the agency: its Hello, and whatever followed
   * @return the conversation with the agency from now on
   */
  static Conversation begin(
      Loop loop, Connection connection, String owner, byte[] soFar, Deadlines deadlines, long now) {
    Relay relay = new Relay(loop, connection, owner, agency(soFar), deadlines, now);
    relay.begin(soFar, now);
    return relay.near;
  }

  private void begin(byte[] soFar, long now) {
    loop.log().relayed(agency, owner);
    far.hold(soFar, 0, soFar.length);
    try {
      far.connection = loop.dial(address(owner), far, now);
    } catch (IOException failed) {
      far.failed(String.valueOf(failed.getMessage()));
      near.refuse(now);
    }
  }

  private static InetSocketAddress address(String owner) throws IOException {
    try {
      HostPort at = HostPort.parse(owner, 1);
      return new InetSocketAddress(InetAddress.ofLiteral(at.host()), at.port());
    } catch (IllegalArgumentException wrong) {
      throw new IOException("is not an IP address and a port", wrong);
    }
  }

  private static int agency(byte[] soFar) {
    FrameReader frames = new FrameReader();
    frames.receive(soFar, 0, soFar.length);
    return frames.next() instanceof FrameReader.Whole whole
            && whole.decode() instanceof Message.Hello hello
        ? hello.agency()
        : 0;
  }

  /** The frame that refuses an agency for now. */
  static byte[] refusal(String reason) {
    return Codec.encode(new Message.Refused(Refusal.SHUTTING_DOWN, 0, 0, reason));
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** One side: what it is to hear is what the other one has said. */
  abstract static sealed class Half implements Conversation {
    private final Output output = new Output();

    @Nullable Connection connection;

    /** So much is held for it that the other side is not read. */
    private boolean full;

    /** Nothing more comes for it. */
    private boolean over;

    private boolean sentAll;

    abstract Half other();

    boolean isGone() {
      return connection == null || connection.isClosed();
    }

    boolean isOver() {
      return over;
    }

    boolean hasSentAll() {
      return sentAll;
    }

    boolean isFull() {
      return full;
    }

    void hold(byte[] bytes, int from, int to) {
      output.put(bytes, from, to);
      full |= output.length() > HELD_BYTES_MAX - Loop.INPUT_BYTES;
    }

    /** It is to hear that, unless it is gone. */
    final void tell(byte[] bytes, int from, int to) {
      if (!over && connection != null && !connection.isClosed()) {
        hold(bytes, from, to);
        connection.hasOutput();
      }
    }

    /** It hears nothing more after what is held. */
    void end(long now) {
      if (!over) {
        over = true;
        if (connection != null) {
          connection.hasOutput();
        }
      }
    }

    @Override
    public final Output output() {
      return output;
    }

    @Override
    public boolean sent(long now) {
      if (full) {
        full = false;
        Connection source = other().connection;
        if (source != null) {
          source.resume();
        }
      }
      sentAll = over;
      return over;
    }

    @Override
    public final boolean wantsMore() {
      return !other().full;
    }

    @Override
    public final int unprovenBytes() {
      return 0; // what is held for a side counts as its output
    }

    final void close() {
      if (connection != null) {
        connection.close();
      }
    }
  }

  /** The agency's side. */
  private final class Near extends Half {
    private long sentAllAt;

    Near(Connection agencys) {
      connection = agencys;
    }

    @Override
    Half other() {
      return far;
    }

    /** The agency is to come back: it may have another central then, or the same again. */
    void refuse(long now) {
      if (isOver() || isGone()) {
        return;
      }
      loop.counts(Refusal.SHUTTING_DOWN);
      byte[] word = refusal("the central that has agency %d cannot be reached".formatted(agency));
      tell(word, 0, word.length);
      end(now);
    }

    @Override
    public void receive(byte[] bytes, int from, int to, long now) {
      far.tell(bytes, from, to);
    }

    @Override
    public boolean ended(long now) {
      if (far.hasSaidHello()) {
        far.end(now);
      } else if (!isOver()) {
        // Said for an agency that has gone, its Hello would end the session that it has elsewhere.
        far.close();
        return true;
      }
      return hasSentAll();
    }

    @Override
    public boolean sent(long now) {
      if (isFull()) {
        far.heardAt = now; // it could not be heard
      }
      boolean over = super.sent(now);
      sentAllAt = now;
      return over;
    }

    @Override
    public void stuck() {
      far.close();
    }

    @Override
    public void tick(long now) {
      if (hasSentAll() && now - sentAllAt >= nanos(deadlines.drain())) {
        close();
      }
    }
  }

  /** The side of the central that has the agency. */
  final class Far extends Half {
    private boolean heard;
    private boolean failed;
    private long heardAt;
    private long endedAt;

    private Far(long now) {
      heardAt = now;
    }

    @Override
    Half other() {
      return near;
    }

    private boolean hasSaidHello() {
      return connection != null && connection.isOpen();
    }

    /** The connection cannot be made, or is broken; {@link #ended} follows. */
    void failed(String why) {
      if (!failed) {
        failed = true;
        loop.log().notRelayed(agency, owner, why);
      }
    }

    @Override
    public void receive(byte[] bytes, int from, int to, long now) {
      heard = true;
      heardAt = now;
      near.tell(bytes, from, to);
    }

    @Override
    public boolean ended(long now) {
      if (heard) {
        near.end(now);
      } else if (!near.isGone()) {
        failed("has ended the connection without a word");
        near.refuse(now);
      }
      return true;
    }

    @Override
    void end(long now) {
      super.end(now);
      endedAt = now;
    }

    @Override
    public void stuck() {
      failed("does not take what it is sent");
      boolean _ = ended(System.nanoTime());
    }

    /** Also when both machines have vanished there is an end. */
    @Override
    public void tick(long now) {
      if (isOver()) {
        if (now - endedAt >= nanos(deadlines.unread())) {
          near.close();
          close();
        }
      } else if (!near.isFull() && now - heardAt >= 2 * nanos(deadlines.silence())) {
        failed("has said nothing for %d ms".formatted(2 * deadlines.silence()));
        boolean _ = ended(now);
        close();
      }
    }
  }
}
