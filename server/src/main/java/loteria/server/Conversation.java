package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private final Socket socket;
  private final String ip;
  private final TimedInput in;
  private final Identity identity;
  private final LedgerThread ledger;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final Outbox outbox = new Outbox();
  private final FrameDecoder decoder = new FrameDecoder();
  private final CountDownLatch agencyEnded = new CountDownLatch(1);
  private AgencyTurn turn = AgencyTurn.GREETING;
  private int agency;

  Conversation(
      Socket socket,
      TimedInput in,
      Identity identity,
      LedgerThread ledger,
      Deadlines deadlines,
      ServerLog log) {
    this.socket = socket;
    this.identity = identity;
    this.ip = socket.getInetAddress().getHostAddress();
    this.in = in;
    this.ledger = ledger;
    this.deadlines = deadlines;
    this.log = log;
  }

  /**
   * Converses until either side is done; what has arrived already comes first.
   *
   * @param helloDeadline by when the whole Hello must be there, as {@link System#nanoTime()}
   */
  void run(byte[] arrived, int length, long helloDeadline)
      throws IOException, InterruptedException {
    decoder.space().put(arrived, 0, length);
    decoder.filled();
    Thread writer = Thread.ofVirtual().name("writer").start(this::write);
    try {
      if (read(helloDeadline)) {
        drain();
        agencyEnded.countDown();
        // The agency has ended before it was told why: the last word is still to be written.
        var _ = writer.join(Duration.ofMillis(deadlines.drain()));
      }
    } finally {
      agencyEnded.countDown();
      ledger.submit(new Request.Leave(outbox, agency));
      outbox.close();
      // It may be in the middle of a write that the agency never reads.
      closeSocket();
      writer.join();
    }
  }

  private void write() {
    try {
      outbox.writeTo(socket.getOutputStream(), deadlines.ping());
      socket.shutdownOutput();
      // Closing at once would answer what is under way with a reset, which can overtake the last
      // word.
      var _ = agencyEnded.await(deadlines.drain(), TimeUnit.MILLISECONDS);
      closeSocket();
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
  private boolean read(long helloDeadline) throws IOException, InterruptedException {
    long deadline = helloDeadline;
    boolean begun = false;
    while (true) {
      switch (decoder.next()) {
        case FrameDecoder.Whole whole -> {
          if (!take(whole.frame())) {
            return true;
          }
          begun = false;
          deadline = TimedInput.in(deadlines.silence());
        }
        case FrameDecoder.Broken(Refusal refusal, String reason) -> {
          refuse(new Decoded.Malformed(refusal, 0, reason));
          return true;
        }
        case FrameDecoder.NeedMore(boolean begins) -> {
          if (begins && !begun && turn != AgencyTurn.GREETING) {
            deadline = TimedInput.in(deadlines.frame());
          }
          begun = begins;
          if (outbox.isStuck(deadlines.unread())) {
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
      case Decoded.Malformed malformed -> refuse(malformed, frame);
      case Message.FromAgency message -> {
        Optional<AgencyTurn> next = turn.after(message);
        if (next.isEmpty()) {
          yield refuse(
              Refusal.OUT_OF_ORDER,
              "%s may not come when %s".formatted(message.getClass().getSimpleName(), turn),
              frame);
        }
        turn = next.get();
        yield take(message, frame);
      }
      case Message other ->
          refuse(
              Refusal.BAD_FRAME,
              "%s is not for an agency to say".formatted(other.getClass().getSimpleName()),
              frame);
    };
  }

  private boolean take(Message.FromAgency message, byte[] frame) throws InterruptedException {
    ledger.heard(agency);
    switch (message) {
      case Message.Hello hello -> {
        if (hello.versionMin() > Codec.VERSION || hello.versionMax() < Codec.VERSION) {
          return refuse(
              Refusal.UNSUPPORTED_VERSION,
              "versions %d to %d, the central speaks %d"
                  .formatted(hello.versionMin(), hello.versionMax(), Codec.VERSION),
              frame);
        }
        agency = hello.agency();
        if (!identity.mayBe(agency)) {
          return refuse(
              Refusal.FORBIDDEN, "%s, not of agency %d".formatted(identity, agency), frame);
        }
        ledger.heard(agency);
        ledger.submit(new Request.Greet(outbox, hello));
      }
      case Message.Batch batch -> {
        if (batch.agency() != agency) {
          return refuse(
              Refusal.BAD_FRAME,
              "a batch of agency %d by agency %d".formatted(batch.agency(), agency),
              frame);
        }
        ledger.submit(new Request.Store(outbox, batch, ByteBuffer.wrap(frame)));
      }
      case Message.Finish finish -> {
        if (finish.agency() != agency) {
          return refuse(
              Refusal.BAD_FRAME,
              "a finish of agency %d by agency %d".formatted(finish.agency(), agency),
              frame);
        }
        ledger.submit(new Request.Finish(outbox, finish, ByteBuffer.wrap(frame)));
      }
      case Message.AskWinners _ -> ledger.submit(new Request.AskWinners(outbox, agency));
      case Message.Pong _ -> {}
    }
    return true;
  }

  private boolean refuse(Refusal refusal, String reason, byte[] frame) throws InterruptedException {
    return refuse(new Decoded.Malformed(refusal, 0, reason), frame);
  }

  /** Refuses a whole frame; always false. */
  private boolean refuse(Decoded.Malformed malformed, byte[] frame) throws InterruptedException {
    Codec.betsClaimed(frame)
        .ifPresent(bets -> log.batchRefused(agency, bets, malformed.refusal(), malformed.reason()));
    return refuse(malformed);
  }

  /** Has the ledger refuse, after all that it has to answer before; always false. */
  private boolean refuse(Decoded.Malformed malformed) throws InterruptedException {
    log.refused(ip, agency, malformed.refusal(), malformed.reason());
    ledger.submit(new Request.Refuse(outbox, agency, malformed));
    return false;
  }

  /** Reads on until the agency has no more, or the writer, done with its last word, closes. */
  private void drain() throws IOException {
    byte[] ignored = new byte[4096];
    long deadline = TimedInput.in(deadlines.silence());
    int read = 0;
    while (read >= 0) {
      read = in.read(ignored, 0, ignored.length, deadline);
    }
  }
}
