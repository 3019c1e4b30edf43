package loteria.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.jspecify.annotations.Nullable;

/**
 * One connection under TLS, without waiting: the handshake is made as bytes come, its costly parts
 * by another thread. While bytes wait to be sent nothing is read of a peer that came, so that one
 * that does not read cannot have more than a record wait for it. It holds no buffer while nothing
 * is under way.
 */
final class TlsTransport implements Transport {
  /** Bytes of the network that one read takes at most: fewer than a read of the loop. */
  static final int RAW_BYTES = 1 << 16;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer scratch; // of the loop, empty between calls
  private final boolean bothWays;
  private final Consumer<Runnable> tasks;

  private @Nullable ByteBuffer left; // came, and was not unwrapped
  private @Nullable ByteBuffer unsent; // wrapped, and was not sent
  private boolean busy; // another thread is at a part of the handshake
  private boolean done;

  /**
   * TLS over a connection.
   *
   * @param begun what was read of it already
   * @param scratch {@link #RAW_BYTES} bytes that all share
   * @param bothWays whether it is read also while bytes wait to be sent
   * @param tasks runs a part of the handshake beside the loop, and has {@link #read} called after
   *     {@link #taskDone}
   */
  TlsTransport(
      SocketChannel channel,
      SSLEngine engine,
      ByteBuffer begun,
      ByteBuffer scratch,
      boolean bothWays,
      Consumer<Runnable> tasks)
      throws IOException {
    this.channel = channel;
    this.engine = engine;
    this.scratch = scratch;
    this.bothWays = bothWays;
    this.tasks = tasks;
    this.left = copy(begun);
    engine.beginHandshake();
  }

  SSLEngine engine() {
    return engine;
  }

  /** Whether the handshake is done: who the peer is is known. */
  boolean isDone() {
    return done;
  }

  /** A part of the handshake was made. */
  void taskDone() {
    busy = false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (busy || (!flush() && !canReadMeanwhile())) {
      return 0;
    }
    ByteBuffer raw = scratch.clear();
    if (left != null) {
      raw.put(left);
      left = null;
    }
    boolean ended = channel.read(raw) < 0;
    raw.flip();
    int before = into.position();
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
              startTask();
              yield false;
            }
            case NEED_WRAP -> {
              if (unsent != null) {
                yield false; // it is called again when that was sent
              }
              wrap(ByteBuffer.allocate(0));
              yield unsent == null && !engine.isOutboundDone();
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
              SSLEngineResult result = engine.unwrap(raw, into);
              ended |= result.getStatus() == SSLEngineResult.Status.CLOSED;
              note(result);
              boolean moved = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
              yield result.getStatus() == SSLEngineResult.Status.OK && moved;
            }
          };
    }
    left = raw.hasRemaining() ? copy(raw) : null;
    int read = into.position() - before;
    return read == 0 && ended && !busy ? -1 : read;
  }

  /** Whether it can read though bytes wait to be sent: it has nothing of its own to say first. */
  private boolean canReadMeanwhile() {
    return bothWays && engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_WRAP;
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
      done = true;
    }
  }

  private void startTask() {
    Runnable task = engine.getDelegatedTask();
    if (task != null) {
      busy = true;
      tasks.accept(task);
    }
  }

  /** Wraps some bytes, or what the handshake has to say, and sends it as far as it can be. */
  private SSLEngineResult wrap(ByteBuffer from) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(from, record);
    note(result);
    channel.write(record.flip());
    if (record.hasRemaining()) {
      unsent = record;
    }
    return result;
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.remaining();
    while (from.hasRemaining() && flush()) {
      if (wrap(from).getStatus() != SSLEngineResult.Status.OK) {
        throw new IOException("the TLS session is closed");
      }
    }
    return before - from.remaining();
  }

  @Override
  public boolean flush() throws IOException {
    if (unsent != null) {
      channel.write(unsent);
      if (!unsent.hasRemaining()) {
        unsent = null;
      }
    }
    return unsent == null;
  }

  /** Says goodbye, and no more after it. */
  @Override
  public void shutdownOutput() throws IOException {
    engine.closeOutbound();
    wrap(ByteBuffer.allocate(0));
    if (unsent == null) {
      channel.shutdownOutput();
    }
  }

  /** Sends the alert that says why the handshake has failed, if there is one, and no more. */
  void sayWhy() {
    try {
      if (flush() && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
        wrap(ByteBuffer.allocate(0));
      }
      channel.shutdownOutput();
    } catch (IOException _) {
      // The peer is gone.
    }
  }

  @Override
  public boolean wantsRead() {
    return !busy && (unsent == null || canReadMeanwhile());
  }

  @Override
  public boolean wantsWrite() {
    return unsent != null;
  }

  @Override
  public int heldBytes() {
    return (left == null ? 0 : left.capacity()) + (unsent == null ? 0 : unsent.capacity());
  }
}
