package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import loteria.lottery.Refusal;
import loteria.protocol.AgencyTurn;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;

/**
 * The conversation with one agency: this thread reads, decodes and validates, and hands valid
 * requests to the ledger; a second one writes what the ledger says.
 */
final class Conversation {
  /** From the connection to the agency's first byte, and to its whole Hello. */
  static final long HANDSHAKE_MILLIS = 10_000;

  /** From the first byte of a frame to its last. */
  static final long FRAME_MILLIS = 10_000;

  /** Between frames; an agency that is there answers pings. */
  static final long SILENCE_MILLIS = 30_000;

  /** How long the central says nothing before it pings. */
  static final long PING_MILLIS = 5_000;

  /** How long an agency may leave unread what it is told. */
  static final long UNREAD_MILLIS = 30_000;

  /** How long the agency may go on sending after a last word, so that it is not lost in a reset. */
  static final long DRAIN_MILLIS = 1_000;

  private final Socket socket;
  private final String ip;
  private final TimedInput in;
  private final LedgerThread ledger;
  private final ServerLog log;
  private final Outbox outbox = new Outbox();
  private final FrameDecoder decoder = new FrameDecoder();
  private AgencyTurn turn = AgencyTurn.GREETING;
  private int agency;

  Conversation(Socket socket, TimedInput in, LedgerThread ledger, ServerLog log) {
    this.socket = socket;
    this.ip = socket.getInetAddress().getHostAddress();
    this.in = in;
    this.ledger = ledger;
    this.log = log;
  }

  /** Converses until either side is done; what has arrived already comes first. */
  void run(byte[] arrived, int length) throws IOException, InterruptedException {
    decoder.space().put(arrived, 0, length);
    decoder.filled();
    Thread writer = Thread.ofVirtual().name("writer").start(this::write);
    try {
      if (read()) {
        drain();
      }
    } finally {
      ledger.submit(new Request.Leave(outbox, agency));
      outbox.close();
      writer.join();
    }
  }

  private void write() {
    try {
      outbox.writeTo(socket.getOutputStream(), PING_MILLIS);
      socket.shutdownOutput();
    } catch (IOException _) {
      // The agency is gone; the reader is to see it, too.
      closeSocket();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }

  /** Reads until the agency has no more (false) or was refused (true). */
  private boolean read() throws IOException, InterruptedException {
    long deadline = TimedInput.in(HANDSHAKE_MILLIS);
    boolean begun = false;
    while (true) {
      switch (decoder.next()) {
        case FrameDecoder.Whole whole -> {
          if (!take(whole.frame())) {
            return true;
          }
          begun = false;
          deadline = TimedInput.in(SILENCE_MILLIS);
        }
        case FrameDecoder.Broken(Refusal refusal, String reason) -> {
          refuse(new Decoded.Malformed(refusal, 0, reason));
          return true;
        }
        case FrameDecoder.NeedMore(boolean begins) -> {
          if (begins && !begun && turn != AgencyTurn.GREETING) {
            deadline = TimedInput.in(FRAME_MILLIS);
          }
          begun = begins;
          if (outbox.isStuck(UNREAD_MILLIS)) {
            log.refused(ip, agency, Refusal.TOO_SLOW, "does not read");
            return false;
          }
          try {
            if (!fill(deadline)) {
              return false;
            }
          } catch (SocketTimeoutException _) {
            refuse(
                new Decoded.Malformed(
                    Refusal.TOO_SLOW, 0, begins ? "a frame took too long" : "silent for too long"));
            return true;
          }
        }
      }
    }
  }

  private boolean fill(long deadline) throws IOException {
    ByteBuffer space = decoder.space();
    try {
      int read = in.read(space.array(), space.position(), space.remaining(), deadline);
      space.position(space.position() + Math.max(read, 0));
      return read >= 0;
    } finally {
      decoder.filled();
    }
  }

  /** Hands a frame's message to the ledger; false if it is refused. */
  private boolean take(byte[] frame) throws InterruptedException {
    return switch (Codec.decode(frame)) {
      case Decoded.Malformed malformed -> {
        Codec.betsClaimed(frame)
            .ifPresent(
                bets -> log.batchRefused(agency, bets, malformed.refusal(), malformed.reason()));
        yield refuse(malformed);
      }
      case Message.FromAgency message -> {
        Optional<AgencyTurn> next = turn.after(message);
        if (next.isEmpty()) {
          yield refuse(
              Refusal.OUT_OF_ORDER,
              "%s may not come when %s".formatted(message.getClass().getSimpleName(), turn));
        }
        turn = next.get();
        yield take(message, ByteBuffer.wrap(frame));
      }
      case Message other ->
          refuse(
              Refusal.BAD_FRAME,
              "%s is not for an agency to say".formatted(other.getClass().getSimpleName()));
    };
  }

  private boolean take(Message.FromAgency message, ByteBuffer frame) throws InterruptedException {
    switch (message) {
      case Message.Hello hello -> {
        if (hello.versionMin() > Codec.VERSION || hello.versionMax() < Codec.VERSION) {
          return refuse(
              Refusal.UNSUPPORTED_VERSION,
              "versions %d to %d, the central speaks %d"
                  .formatted(hello.versionMin(), hello.versionMax(), Codec.VERSION));
        }
        agency = hello.agency();
        ledger.submit(new Request.Greet(outbox, hello));
      }
      case Message.Batch batch -> {
        if (batch.agency() != agency) {
          return refuse(
              Refusal.BAD_FRAME,
              "a batch of agency %d by agency %d".formatted(batch.agency(), agency));
        }
        ledger.submit(new Request.Store(outbox, batch, frame));
      }
      case Message.Finish finish -> {
        if (finish.agency() != agency) {
          return refuse(
              Refusal.BAD_FRAME,
              "a finish of agency %d by agency %d".formatted(finish.agency(), agency));
        }
        ledger.submit(new Request.Finish(outbox, finish, frame));
      }
      case Message.AskWinners _ -> ledger.submit(new Request.AskWinners(outbox, agency));
      case Message.Pong _ -> {}
    }
    return true;
  }

  private boolean refuse(Refusal refusal, String reason) throws InterruptedException {
    return refuse(new Decoded.Malformed(refusal, 0, reason));
  }

  /** Has the ledger refuse, after all that it has to answer before; always false. */
  private boolean refuse(Decoded.Malformed malformed) throws InterruptedException {
    log.refused(ip, agency, malformed.refusal(), malformed.reason());
    ledger.submit(new Request.Refuse(outbox, agency, malformed));
    return false;
  }

  private void drain() throws IOException {
    byte[] ignored = new byte[4096];
    long deadline = TimedInput.in(DRAIN_MILLIS);
    try {
      while (in.read(ignored, 0, ignored.length, deadline) >= 0) {
        // What comes after a last word is not looked at.
      }
    } catch (SocketTimeoutException _) {
      // It had its time.
    }
  }
}
