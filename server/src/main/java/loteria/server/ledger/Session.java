package loteria.server.ledger;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Turns;
import loteria.server.ServerLog;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one agency: takes the bytes that it sends and gives those that it is to
 * read, without a socket. It cuts frames, checks them and whose turn it is, and has the ledger
 * decide; what the ledger replies, once that is durable, stands in {@link #output()}.
 *
 * <pre>
 *   reading --refused, or told its winners--> said all --sent, then the agency ends--> over
 *   reading --the agency ends-----------------------------------------------------> over
 *   reading --its Hello, and another central owns the agency----------------------> relayed
 * </pre>
 *
 * After its last word nothing is read of the agency any more; it has {@link Deadlines#drain} to end
 * the connection, since closing at once would answer what is under way with a reset, which can
 * overtake the last word.
 *
 * <p>Times are those of {@link System#nanoTime}, handed in. For the loop's thread.
 */
public final class Session implements Conversation {
  private final Ledgers ledgers;
  private final ServerLog log;
  private final Deadlines deadlines;
  private final Link link;
  private final String ip;
  private final Identity identity;
  private final FrameReader frames = new FrameReader();
  private final Output output = new Output();

  private Turns.OfAgency turn = Turns.OfAgency.GREETING;

  /** That of the agency, once it has said which it is. */
  private @Nullable Ledger ledger;

  private int agency;
  private int named; // the number that the peer claims, for the log
  private boolean reading = true;
  private boolean saidAll;
  private boolean sentAll;
  private boolean ended;
  private boolean welcomed;
  private boolean pings;
  private boolean inFrame;

  /**
   * When the agency must have said more: a Hello, the rest of a frame, another frame; or, after the
   * last word, must have ended the connection.
   */
  private long dueAt;

  private long saidAt;

  /**
   * A session that begins now.
   *
   * @param ip the peer's address, for the log
   * @param identity whom the peer may speak for
   * @param helloDueAt by when its whole Hello must be there
   */
  public Session(
      Ledgers ledgers,
      Deadlines deadlines,
      Link link,
      String ip,
      Identity identity,
      long helloDueAt) {
    this.ledgers = ledgers;
    this.log = ledgers.log();
    this.deadlines = deadlines;
    this.link = link;
    this.ip = ip;
    this.identity = identity;
    this.dueAt = helloDueAt;
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public int unprovenBytes() {
    return welcomed ? 0 : frames.heldBytes();
  }

  @Override
  public void receive(byte[] bytes, int from, int to, long now) {
    if (!reading) {
      return;
    }
    frames.receive(bytes, from, to);
    while (reading) {
      switch (frames.next()) {
        case FrameReader.Whole whole -> {
          inFrame = false;
          dueAt = now + nanos(deadlines.silence());
          take(whole);
        }
        case FrameReader.Broken(Refusal refusal, String reason) -> refuse(refusal, reason, 0);
        case FrameReader.NeedMore(boolean begun) -> {
          if (begun && !inFrame && turn != Turns.OfAgency.GREETING) {
            dueAt = now + nanos(deadlines.frame());
          }
          inFrame = begun;
          return;
        }
      }
    }
  }

  /** Whoever was refused is still told why; others that leave are told nothing more. */
  @Override
  public boolean ended(long now) {
    boolean owed = !reading && !sentAll && !ended;
    reading = false;
    ended = true;
    dueAt = now + nanos(deadlines.drain());
    leave();
    return !owed;
  }

  /** Pings, and judges deadlines. */
  @Override
  public void tick(long now) {
    if (sentAll || ended) {
      if (now - dueAt >= 0) {
        link.close();
      }
    } else if (reading && now - dueAt >= 0 && !isOwedWinners()) {
      refuse(Refusal.TOO_SLOW, inFrame ? "a frame took too long" : "silent for too long", 0);
    } else {
      ping(now);
    }
  }

  @Override
  public void ping(long now) {
    if (pings && !ended && output.isEmpty() && now - saidAt >= nanos(deadlines.ping())) {
      say(new Message.Ping(), now);
    }
  }

  /** Then the central is late: it still reads the winners, and there may be many. */
  private boolean isOwedWinners() {
    return output.isEmpty() && ledger != null && ledger.owesWinners(this);
  }

  @Override
  public boolean sent(long now) {
    if (saidAll && !sentAll) {
      sentAll = true;
      dueAt = now + nanos(deadlines.drain());
    }
    if (!saidAll) {
      if (welcomed && !pings) {
        dueAt = now + nanos(deadlines.silence()); // it reads its winners, and has nothing to say
      }
      if (ledger != null) {
        ledger.sentAll(this);
      }
    }
    return saidAll;
  }

  /** Before it has said which agency it is, every ledger may be the one. */
  @Override
  public boolean hasRoom(int bytes) {
    if (ledger != null) {
      return ledger.hasRoom(bytes);
    }
    for (Ledger one : ledgers.here()) {
      if (!one.hasRoom(bytes)) {
        return false;
      }
    }
    return true;
  }

  private void leave() {
    if (ledger != null) {
      ledger.leave(this);
    }
  }

  @Override
  public void stuck() {
    log.refused(ip, named, Refusal.TOO_SLOW, "does not read");
    ledgers.figures().refused(Refusal.TOO_SLOW);
    leave();
    reading = false;
  }

  private void take(FrameReader.Whole frame) {
    switch (frame.decode()) {
      case Decoded.Malformed(Refusal refusal, int row, String reason) ->
          refuse(new Message.Refused(refusal, row, 0, reason), frame.betsClaimed());
      case Message.FromAgency message -> {
        Optional<Turns.OfAgency> next = turn.after(message);
        if (next.isEmpty()) {
          refuse(
              Refusal.OUT_OF_ORDER,
              "%s may not come when %s".formatted(message.getClass().getSimpleName(), turn),
              frame.betsClaimed());
        } else {
          turn = next.get();
          take(message, frame);
        }
      }
      case Message other ->
          refuse(
              Refusal.BAD_FRAME,
              "%s is not for an agency to say".formatted(other.getClass().getSimpleName()),
              0);
    }
  }

  private void take(Message.FromAgency message, FrameReader.Whole frame) {
    switch (message) {
      case Message.Hello hello -> greet(hello, frame);
      case Message.Batch batch -> {
        if (isOwn(batch.agency(), "batch", batch.rows().count())) {
          ledger().receive(this, batch, frame.record());
        }
      }
      case Message.Finish finish -> {
        if (isOwn(finish.agency(), "finish", 0)) {
          ledger().finish(this, finish, frame.record());
        }
      }
      case Message.AskWinners _ -> ledger().askWinners(this);
      case Message.Pong _ -> ledger().heard(agency);
    }
  }

  private void greet(Message.Hello hello, FrameReader.Whole frame) {
    named = hello.agency();
    if (hello.versionMin() > Codec.VERSION || hello.versionMax() < Codec.VERSION) {
      refuse(
          Refusal.UNSUPPORTED_VERSION,
          "versions %d to %d, the central speaks %d"
              .formatted(hello.versionMin(), hello.versionMax(), Codec.VERSION),
          0);
    } else if (!identity.mayBe(hello.agency())) {
      refuse(Refusal.FORBIDDEN, "%s, not of agency %d".formatted(identity, hello.agency()), 0);
    } else {
      greet(hello, frame, ledgers.route(hello.agency()));
    }
  }

  private void greet(Message.Hello hello, FrameReader.Whole frame, Route route) {
    switch (route) {
      case Route.Here(Ledger own) -> {
        agency = hello.agency();
        ledger = own;
        own.greet(this, hello);
      }
      case Route.There(String central) -> {
        reading = false;
        link.relay(central, soFar(frame));
      }
      case Route.Nowhere(String why) -> refuse(Refusal.SHUTTING_DOWN, why, 0);
    }
  }

  /** All that the agency has said: its Hello, and what came after it. */
  private byte[] soFar(FrameReader.Whole hello) {
    ByteBuffer frame = hello.record();
    byte[] rest = frames.rest();
    return ByteBuffer.allocate(frame.remaining() + rest.length).put(frame).put(rest).array();
  }

  /** Whoever says more than Hello was given its ledger. */
  private Ledger ledger() {
    return Objects.requireNonNull(ledger, "not greeted");
  }

  private boolean isOwn(int other, String what, int bets) {
    if (other != agency) {
      refuse(
          Refusal.BAD_FRAME, "a %s of agency %d by agency %d".formatted(what, other, agency), bets);
    }
    return other == agency;
  }

  private void refuse(Refusal refusal, String reason, int bets) {
    refuse(new Message.Refused(refusal, 0, 0, reason), bets);
  }

  /**
   * Refuses what the agency has said. The refusal follows every answer that is still due, and the
   * ledger says which bet is next.
   */
  private void refuse(Message.Refused refused, int bets) {
    reading = false;
    if (bets > 0 && agency > 0) {
      log.batchRefused(agency, bets, refused.refusal(), refused.reason());
    } else {
      log.refused(ip, named, refused.refusal(), refused.reason());
    }
    if (ledger == null) {
      // Nothing was said before; and who has not shown who it is learns nothing of any agency.
      say(refused, saidAt);
    } else {
      ledger.refuse(this, refused);
    }
  }

  /** The agency that the peer has proven, or is trusted, to be; 0 before it has said so. */
  int agency() {
    return agency;
  }

  /** Whether the agency has asked for its winners; also when it has been told them. */
  boolean awaitsWinners() {
    return turn == Turns.OfAgency.WAITING;
  }

  /** The ledger has nothing more to do with the agency in this session. */
  void stopReading() {
    reading = false;
  }

  /** Puts a message into the output; nothing after the last word. */
  void say(Message.FromCentral message, long now) {
    if (saidAll) {
      return;
    }
    switch (message) {
      case Message.Welcome _ -> {
        welcomed = true;
        pings = true;
      }
      case Message.SealReceipt _ -> pings = false;
      case Message.WinnersPage page -> saidAll = page.last();
      case Message.Refused refused -> {
        ledgers.figures().refused(refused.refusal());
        saidAll = true;
      }
      case Message.Stored _, Message.Finished _, Message.Ping _ -> {}
    }
    if (saidAll) {
      pings = false;
      reading = false;
    }
    saidAt = now;
    output.put(message);
    link.hasOutput();
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
