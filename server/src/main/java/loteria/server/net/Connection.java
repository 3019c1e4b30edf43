package loteria.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Refusal;
import loteria.protocol.Frame;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Identity;
import loteria.server.ledger.Output;
import loteria.server.ledger.Session;
import org.jspecify.annotations.Nullable;

/**
 * One connection, on the loop's thread. If it was accepted, its first byte says what it is: frames,
 * text, or neither. If it was made from here, it is the far side of a {@link Relay}. It holds no
 * buffer while nothing is under way.
 */
final class Connection implements Conversation.Link {
  /** How far a connection is that is made from here; one that was accepted is open. */
  private enum Stage {
    CONNECTING,
    HANDSHAKING,
    OPEN
  }

  private final Loop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final @Nullable TlsGate gate;
  private final Deadlines deadlines;
  private final String ip;
  private final boolean logged;
  private final boolean ofPeer;
  private final Relay.@Nullable Far far;
  private final long helloDueAt;

  private Stage stage;
  private Transport transport;
  private @Nullable Conversation conversation;
  private boolean inHandshake;
  private boolean ended; // the peer sends no more
  private boolean shut; // we send no more
  private boolean closed;

  /** Since when the peer has taken nothing of the output that waits; 0 if none waits. */
  private long unsentSince;

  // The loop's own marks.
  boolean isReady;
  boolean isDirty;
  int unprovenBytes;
  int outputBytes;

  /**
   * A connection that was accepted, or is being made.
   *
   * @param ofPeer whether it was accepted from another central
   * @param far what it is for if it is made from here; null if it was accepted
   */
  Connection(
      Loop loop,
      SocketChannel channel,
      SelectionKey key,
      @Nullable TlsGate gate,
      Deadlines deadlines,
      String ip,
      boolean logged,
      boolean ofPeer,
      Relay.@Nullable Far far,
      long now) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
    this.transport = new Transport.Plain(channel);
    this.gate = gate;
    this.deadlines = deadlines;
    this.ip = ip;
    this.logged = logged;
    this.ofPeer = ofPeer;
    this.far = far;
    this.conversation = far;
    this.stage = far == null ? Stage.OPEN : Stage.CONNECTING;
    this.helloDueAt = now + TimeUnit.MILLISECONDS.toNanos(deadlines.handshake());
  }

  String ip() {
    return ip;
  }

  /** Whether the log says that it came, and so is to say that it went. */
  boolean isLogged() {
    return logged;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether what is to be said can be sent: the other side is there, and is who it should be. */
  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  /** It is read again, after a while in which nothing more was wanted of it. */
  void resume() {
    loop.ready(this);
  }

  /** Memory that is held for a peer that has not shown who it is, in bytes. */
  int countUnproven() {
    return closed
        ? 0
        : (conversation == null ? transport.heldBytes() : conversation.unprovenBytes());
  }

  int countOutput() {
    return closed || conversation == null ? 0 : conversation.output().length();
  }

  /** Reads once what is there, and takes it. */
  void read(byte[] input, long now) {
    try {
      if (gate != null
          && (conversation == null || stage == Stage.HANDSHAKING)
          && transport instanceof Transport.Plain) {
        if (gate.room() == 0) {
          loop.awaitHandshake(this);
          return;
        }
        if (far == null) {
          enter(gate, input, now);
        } else {
          inHandshake = true;
          transport = gate.dial(channel, task -> run(task, gate));
          receive(input, now);
        }
      } else if (wantsMore() || !(conversation instanceof Relay.Half)) {
        receive(input, now);
      }
      if (!closed) {
        awaitBytes(now);
      }
    } catch (IOException failed) {
      failed(failed, now);
    }
  }

  private void receive(byte[] input, long now) throws IOException {
    int read = transport.read(ByteBuffer.wrap(input));
    if (stage == Stage.HANDSHAKING && transport instanceof TlsTransport over && over.isDone()) {
      TlsGate.requireCentral(over);
      stage = Stage.OPEN;
      loop.dirty(this);
    }
    if (read < 0) {
      end(now);
    } else if (read > 0) {
      if (conversation == null) {
        conversation = begin(input[0], now);
      }
      if (!closed && (!shut || conversation instanceof Relay.Half)) {
        conversation.receive(input, 0, read, now);
      }
    }
    if (inHandshake && transport instanceof TlsTransport over && over.isDone()) {
      endHandshake();
    }
  }

  /** What is spoken, by its first byte. */
  private Conversation begin(byte first, long now) throws IOException {
    if (first == Frame.MAGIC) {
      return new Session(loop.ledgers(), deadlines, this, ip, identity(), helloDueAt);
    }
    if (Echo.startsText(first)) {
      var _ = identity();
      return new Echo(ip, this, deadlines, loop.log());
    }
    boolean tls = first == TlsGate.HANDSHAKE_RECORD;
    loop.log()
        .garbage(
            ip,
            "starts with 0x%02x%s"
                .formatted(
                    Byte.toUnsignedInt(first), tls ? ": speaks TLS, which is off here" : ""));
    return LastWord.of(tls ? TlsGate.noTlsHere() : new byte[0], this, deadlines, now);
  }

  // TLS.

  /** The first bytes of a peer that has to come in by TLS. */
  private void enter(TlsGate gate, byte[] input, long now) throws IOException {
    int read = channel.read(ByteBuffer.wrap(input, 0, TlsTransport.RAW_BYTES / 2));
    if (read < 0) {
      end(now);
    } else if (read > 0 && input[0] == TlsGate.HANDSHAKE_RECORD) {
      inHandshake = true;
      transport = gate.begin(channel, ByteBuffer.wrap(input, 0, read), task -> run(task, gate));
      receive(input, now);
    } else if (read > 0) {
      gate.refuse(ip, "speaks without TLS");
      conversation = LastWord.of(TlsGate.plainWord(input[0]), this, deadlines, now);
    }
  }

  private void run(Runnable task, TlsGate gate) {
    TlsTransport over = (TlsTransport) transport;
    gate.run(() -> {
      task.run();
      loop.send(() -> {
        over.taskDone();
        if (!closed) {
          loop.ready(this);
        }
      });
    });
  }

  private Identity identity() throws IOException {
    if (gate == null || !(transport instanceof TlsTransport over)) {
      return new Identity.Trusted();
    }
    if (ofPeer) {
      TlsGate.requireCentral(over);
      return new Identity.Trusted();
    }
    return gate.identity(over);
  }

  /** Sends what the transport holds, while which it reads nothing; then it reads on. */
  private boolean flush() throws IOException {
    boolean held = transport.wantsWrite();
    boolean flushed = transport.flush();
    if (held && flushed) {
      loop.ready(this); // it may have read more already than it has given
    }
    return flushed;
  }

  private void endHandshake() {
    if (inHandshake && gate != null) {
      inHandshake = false;
      gate.over();
    }
  }

  /** The connection is broken, or the peer is not let in: then it is told why. */
  private void failed(IOException why, long now) {
    if (stage == Stage.HANDSHAKING && transport instanceof TlsTransport over) {
      over.sayWhy();
    }
    if (gate == null || conversation != null || !(transport instanceof TlsTransport over)) {
      lost(why, now);
      return;
    }
    gate.refuse(ip, why);
    byte[] word = {};
    if (over.isDone()) {
      word = TlsGate.forbidden(String.valueOf(why.getMessage()));
    } else {
      over.sayWhy();
      transport = new Transport.Plain(channel);
      shut = true;
    }
    endHandshake();
    conversation = LastWord.of(word, this, deadlines, now);
    awaitBytes(now);
  }

  private void end(long now) {
    ended = true;
    if (conversation == null || conversation.ended(now)) {
      close();
    }
  }

  /** The connection is broken. */
  private void lost(IOException why, long now) {
    if (far != null) {
      far.failed(TlsGate.reason(why));
    }
    if (conversation != null) {
      conversation.ended(now);
    }
    close();
  }

  /** Writes what it takes of what is to be said. */
  void write(long now) {
    if (closed) {
      return;
    }
    try {
      if (stage == Stage.CONNECTING && !connect()) {
        return;
      }
      if (conversation == null || stage == Stage.HANDSHAKING) {
        if (flush()) {
          unsentSince = 0;
        }
        awaitBytes(now);
        return;
      }
      Output output = conversation.output();
      int before = output.length();
      if (before > 0) {
        output.sent(transport.write(output.waiting()));
      }
      boolean flushed = flush();
      if (output.isEmpty() && flushed) {
        unsentSince = 0;
        if (!shut && conversation.sent(now) && output.isEmpty()) {
          shut = true;
          transport.shutdownOutput();
          if (ended) {
            close();
          }
        }
      } else if (output.isOverfull()
          && !(conversation instanceof Echo || conversation instanceof Relay.Half)) {
        stuck();
      } else if (unsentSince == 0 || output.length() < before) {
        unsentSince = now;
      }
      if (!closed) {
        awaitBytes(now);
      }
    } catch (IOException failed) {
      lost(failed, now);
    }
  }

  /** Whether the connection is made by now; then it goes on. */
  private boolean connect() throws IOException {
    if (!channel.finishConnect()) {
      return false;
    }
    if (gate == null) {
      stage = Stage.OPEN;
    } else {
      stage = Stage.HANDSHAKING;
      loop.ready(this);
    }
    return true;
  }

  /** The peer does not read what it is sent. */
  void stuck() {
    if (conversation != null) {
      conversation.stuck();
    }
    close();
  }

  /** Whether there is something left to tell the peer. */
  boolean isTelling() {
    return conversation instanceof Session && (shut || !conversation.output().isEmpty());
  }

  /** Waits for bytes to read, if more are wanted, and for room to write, if something waits. */
  private void awaitBytes(long now) {
    if (transport.wantsWrite() && unsentSince == 0) {
      unsentSince = now;
    }
    int interest = 0;
    if (!ended && wantsMore() && transport.wantsRead()) {
      interest |= SelectionKey.OP_READ;
    }
    if (unsentSince != 0 || transport.wantsWrite()) {
      interest |= SelectionKey.OP_WRITE;
    }
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private boolean wantsMore() {
    return conversation == null || conversation.wantsMore();
  }

  /**
   * Whether it is not read for now: it waits for the log to be read, or there is no room for what
   * it may say.
   */
  boolean waits(int bytes) {
    return conversation != null
        && (!conversation.hasRoom(bytes)
            || (conversation instanceof Echo && loop.log().isCrowded()));
  }

  /** It is not read for now: there is no room for what it may say. */
  void pause() {
    if (!closed && (key.interestOps() & SelectionKey.OP_READ) != 0) {
      key.interestOps(key.interestOps() & ~SelectionKey.OP_READ);
    }
  }

  /** Some time has passed. */
  void tick(long now) {
    if (stage != Stage.OPEN) {
      if (now - helloDueAt >= 0) {
        lost(new IOException("was not reached within %d ms".formatted(deadlines.handshake())), now);
      }
    } else if (conversation == null) {
      if (now - helloDueAt >= 0) {
        if (inHandshake && gate != null) {
          gate.refuse(ip, "the handshake took longer than %d ms".formatted(deadlines.handshake()));
        }
        close();
      }
    } else if (far == null && unsentSince != 0 && now - unsentSince >= nanos(deadlines.unread())) {
      stuck();
    } else {
      conversation.tick(now);
    }
  }

  /** As {@link #tick}, for a connection with unread bytes: it is pinged, and not judged. */
  void ping(long now) {
    if (stage == Stage.OPEN && conversation != null) {
      conversation.ping(now);
    }
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Override
  public void hasOutput() {
    loop.dirty(this);
  }

  /** From another central it is refused instead: nothing is carried twice. */
  @Override
  public void relay(String owner, byte[] soFar) {
    long now = System.nanoTime();
    if (ofPeer) {
      loop.counts(Refusal.SHUTTING_DOWN);
      conversation =
          LastWord.of(Relay.refusal("another central has the agency by now"), this, deadlines, now);
    } else {
      conversation = Relay.begin(loop, this, owner, soFar, deadlines, now);
    }
  }

  /** Closes the socket, and says so once. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    endHandshake();
    key.cancel();
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
    loop.closed(this);
  }
}
