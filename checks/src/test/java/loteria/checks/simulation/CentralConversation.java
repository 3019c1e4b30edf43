package loteria.checks.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import loteria.lottery.Refusal;
import loteria.protocol.AgencyTurn;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;
import loteria.server.Request;
import loteria.server.Session;

/**
 * What the central's two threads of a connection do, in one: the reader cuts, decodes, validates
 * and hands over; the writer says what the ledger has said. For one thread.
 */
final class CentralConversation implements Session, Wire.Reader {
  private static final long HANDSHAKE = 10 * Agenda.SECOND;
  private static final long FRAME = 10 * Agenda.SECOND;
  private static final long SILENCE = 30 * Agenda.SECOND;
  private static final long PING = 5 * Agenda.SECOND;
  private static final long DRAIN = Agenda.SECOND;

  private final World world;
  private final CentralSide central;
  private final Connection connection;
  private final FrameDecoder decoder = new FrameDecoder();
  private AgencyTurn turn = AgencyTurn.GREETING;
  private int agency;
  private long deadline;
  private boolean frameBegun;
  private boolean reading = true;
  private boolean closed;

  private final Queue<Message.FromCentral> words = new ArrayDeque<>();
  private OptionalLong stored = OptionalLong.empty();
  private boolean greeted;
  private boolean ended;
  private boolean writePlanned;
  private long lastWritten;

  /** How many bets the agency has been told are stored. */
  private long told;

  private boolean toldFinished;

  CentralConversation(World world, CentralSide central, Wire.Reader agencySide) {
    this.world = world;
    this.central = central;
    this.connection = new Connection(world, this, agencySide);
    this.deadline = world.agenda().now() + HANDSHAKE;
    watch();
  }

  Connection connection() {
    return connection;
  }

  private void watch() {
    if (closed) {
      return;
    }
    long now = world.agenda().now();
    if (greeted && !ended && words.isEmpty() && stored.isEmpty() && now - lastWritten >= PING) {
      words.add(new Message.Ping());
      write();
    }
    if (now >= deadline) {
      if (reading) {
        refuse(Refusal.TOO_SLOW, frameBegun ? "a frame took too long" : "silent for too long");
      } else {
        leave();
      }
    }
    world.agenda().in(Agenda.SECOND, this::watch);
  }

  @Override
  public void arrived(byte[] bytes) {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (reading && !closed && left.hasRemaining()) {
      ByteBuffer space = decoder.space();
      int length = Math.min(space.remaining(), left.remaining());
      space.put(left.slice(left.position(), length));
      left.position(left.position() + length);
      decoder.filled();
      takeFrames();
    }
  }

  private void takeFrames() {
    while (reading) {
      switch (decoder.next()) {
        case FrameDecoder.Whole whole -> {
          frameBegun = false;
          deadline = world.agenda().now() + SILENCE;
          take(whole.frame());
        }
        case FrameDecoder.Broken(Refusal refusal, String reason) -> refuse(refusal, reason);
        case FrameDecoder.NeedMore(boolean begins) -> {
          if (begins && !frameBegun && turn != AgencyTurn.GREETING) {
            deadline = world.agenda().now() + FRAME;
          }
          frameBegun = begins;
          return;
        }
      }
    }
  }

  private void take(byte[] frame) {
    switch (Codec.decode(frame)) {
      case Decoded.Malformed malformed -> refuse(malformed);
      case Message.FromAgency message -> {
        Optional<AgencyTurn> next = turn.after(message);
        if (next.isEmpty()) {
          refuse(Refusal.OUT_OF_ORDER, "%s when %s".formatted(message, turn));
        } else {
          turn = next.get();
          take(message, ByteBuffer.wrap(frame));
        }
      }
      case Message other -> refuse(Refusal.BAD_FRAME, other + " is not for an agency to say");
    }
  }

  private void take(Message.FromAgency message, ByteBuffer frame) {
    if (message instanceof Message.Hello hello) {
      agency = hello.agency();
    }
    world.transcript().note("central < agency %s: %s", agency, message);
    switch (message) {
      case Message.Hello hello -> central.submit(new Request.Greet(this, hello));
      case Message.Batch batch when batch.agency() == agency -> {
        if (batch.first() + batch.bets().count() <= told) {
          world.note(Reached.DUPLICATE_ACKNOWLEDGED);
        }
        central.submit(new Request.Store(this, batch, frame));
      }
      case Message.Finish finish when finish.agency() == agency ->
          central.submit(new Request.Finish(this, finish, frame));
      case Message.AskWinners _ -> central.submit(new Request.AskWinners(this, agency));
      case Message.Pong _ -> {}
      case Message.Batch _, Message.Finish _ -> refuse(Refusal.BAD_FRAME, "of another agency");
    }
  }

  private void refuse(Refusal refusal, String reason) {
    refuse(new Decoded.Malformed(refusal, 0, reason));
  }

  /** Has the ledger refuse, after all that it has to answer before. */
  private void refuse(Decoded.Malformed malformed) {
    reading = false;
    deadline = world.agenda().now() + DRAIN;
    central.submit(new Request.Refuse(this, agency, malformed));
  }

  @Override
  public void ended() {
    leave();
  }

  private void leave() {
    if (!closed) {
      close();
      central.forget(this);
      central.submit(new Request.Leave(this, agency));
    }
  }

  private void close() {
    closed = true;
    connection.closeByCentral();
  }

  /** The program dies; its writer may have been quicker. */
  void die(boolean machine) {
    if (world.chance().oneIn(2)) {
      write();
    }
    closed = true;
    if (machine) {
      connection.swallow(true, true);
    } else {
      connection.closeByCentral();
    }
  }

  /** The program stops in order: what was said is written. */
  void stop() {
    write();
    close();
  }

  @Override
  public void say(Message.FromCentral message) {
    if (ended || closed) {
      return;
    }
    central.noteSaid(this, agency, message);
    switch (message) {
      case Message.Stored(long next) -> {
        told = next;
        stored = OptionalLong.of(next);
      }
      case Message.Welcome welcome -> {
        greeted = true;
        told = welcome.standing().next();
        toldFinished = welcome.standing().finished();
        words.add(welcome);
      }
      case Message.Refused refused -> {
        world.tally().note(refused.refusal());
        ended = true;
        words.add(refused);
      }
      case Message.WinnersPage page -> {
        ended = page.last();
        words.add(page);
      }
      case Message.Finished finished -> {
        if (toldFinished) {
          world.note(Reached.FINISH_ACKNOWLEDGED_AGAIN);
        }
        words.add(finished);
      }
      case Message.Included included -> words.add(included);
      case Message.Ping ping -> words.add(ping);
    }
    planWrite();
  }

  private void planWrite() {
    if (world.chance().oneIn(4)) {
      write();
    } else if (!writePlanned) {
      writePlanned = true;
      world.agenda().in(world.chance().between(10L, Agenda.MILLISECOND), this::write);
    }
  }

  /** An acknowledgement goes before all but a Welcome, which no other word precedes. */
  private void write() {
    writePlanned = false;
    if (closed || (words.isEmpty() && stored.isEmpty())) {
      return;
    }
    lastWritten = world.agenda().now();
    if (words.peek() instanceof Message.Welcome) {
      write(words.remove());
    }
    if (stored.isPresent()) {
      write(new Message.Stored(stored.getAsLong()));
      stored = OptionalLong.empty();
    }
    while (!words.isEmpty()) {
      write(words.remove());
    }
    if (ended) {
      connection.endToAgency();
    }
  }

  private void write(Message.FromCentral message) {
    world.transcript().note("central > agency %s: %s", agency, message);
    connection.sendToAgency(Codec.encode(message));
  }
}
