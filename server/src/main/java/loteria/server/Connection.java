package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection, on a virtual thread of its own. Its first byte says what it is: TLS, and
 * then the first byte under it; frames, text, or none of them.
 */
final class Connection implements Runnable, AutoCloseable {
  /** What is read before it is known what it is: little, for it is kept as long as the peer. */
  private static final int FIRST_BYTES_MAX = 64;

  private final Socket socket;
  private final boolean logged;
  private final @Nullable TlsGate gate;
  private final String ip;
  private final LedgerThread ledger;
  private final Deadlines deadlines;
  private final ServerLog log;
  // Whoever sets it closes: the connection itself, or the central that goes down.
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A connection that was accepted.
   *
   * @param logged whether the log says that it came, and is to say that it went
   * @param gate by which it has to come in; null if the network is trusted
   */
  Connection(
      Socket socket,
      boolean logged,
      @Nullable TlsGate gate,
      LedgerThread ledger,
      Deadlines deadlines,
      ServerLog log) {
    this.socket = socket;
    this.logged = logged;
    this.gate = gate;
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
      if (gate == null) {
        speak(socket, in, new Identity.Unproven(), arrived, length, deadline);
      } else {
        comeIn(gate, arrived, length, deadline);
      }
    } catch (IOException _) {
      // The peer is gone or silent, or the central is going down: this connection is over.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void comeIn(TlsGate gate, byte[] arrived, int length, long deadline)
      throws IOException, InterruptedException {
    Optional<TlsGate.Admitted> admitted =
        gate.admit(socket, Arrays.copyOf(arrived, length), deadline, deadlines);
    if (admitted.isEmpty()) {
      return;
    }
    Socket over = admitted.get().socket();
    TimedInput in = new TimedInput(over);
    int said = in.read(arrived, 0, arrived.length, deadline);
    if (said >= 0) {
      speak(over, in, admitted.get().identity(), arrived, said, deadline);
    }
  }

  /** Speaks with the peer in what the first byte says. */
  private void speak(
      Socket through, TimedInput in, Identity identity, byte[] arrived, int length, long deadline)
      throws IOException, InterruptedException {
    byte first = arrived[0];
    if (first == Frame.MAGIC) {
      new Conversation(through, in, identity, ledger, deadlines, log)
          .run(arrived, length, deadline);
    } else if (Echo.startsText(first)) {
      TimedOutput out = new TimedOutput(through, deadlines.unread());
      new Echo(ip, in, out, deadlines, log).run(arrived, length);
    } else {
      boolean tls = first == TlsRecord.HANDSHAKE;
      log.garbage(
          ip,
          "starts with 0x%02x%s"
              .formatted(Byte.toUnsignedInt(first), tls ? ": speaks TLS, which is off here" : ""));
      if (tls) {
        LastWord.say(through, TlsRecord.noTlsHere(), deadlines.drain());
      }
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
    if (logged) {
      log.connectionClosed(ip);
    }
  }
}
