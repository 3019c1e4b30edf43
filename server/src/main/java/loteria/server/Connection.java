package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.protocol.Frame;

/**
 * One accepted connection, on a virtual thread of its own. Its first byte says what it is: frames,
 * text, or neither.
 */
final class Connection implements Runnable, AutoCloseable {
  /** What is read before it is known what it is: little, for it is kept as long as the peer. */
  private static final int FIRST_BYTES_MAX = 64;

  private final Socket socket;
  private final String ip;
  private final LedgerThread ledger;
  private final Deadlines deadlines;
  private final ServerLog log;
  // Whoever sets it closes: the connection itself, or the central that goes down.
  private final AtomicBoolean closed = new AtomicBoolean();

  Connection(Socket socket, LedgerThread ledger, Deadlines deadlines, ServerLog log) {
    this.socket = socket;
    this.ip = socket.getInetAddress().getHostAddress();
    this.ledger = ledger;
    this.deadlines = deadlines;
    this.log = log;
  }

  @Override
  public void run() {
    try (this) {
      socket.setTcpNoDelay(true);
      TimedInput in = new TimedInput(socket);
      byte[] arrived = new byte[FIRST_BYTES_MAX];
      long deadline = TimedInput.in(deadlines.handshake());
      int length = in.read(arrived, 0, arrived.length, deadline);
      if (length < 0) {
        return;
      }
      if (arrived[0] == Frame.MAGIC) {
        new Conversation(socket, in, ledger, deadlines, log).run(arrived, length, deadline);
      } else if (Echo.startsText(arrived[0])) {
        TimedOutput out = new TimedOutput(socket, deadlines.unread());
        new Echo(ip, in, out, deadlines, log).run(arrived, length);
      } else {
        log.garbage(ip, "starts with 0x%02x".formatted(Byte.toUnsignedInt(arrived[0])));
      }
    } catch (IOException _) {
      // The peer is gone or silent, or the central is going down: this connection is over.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the socket, which ends whatever waits for it, and says so once. Thread-safe. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
    log.connectionClosed(ip);
  }
}
