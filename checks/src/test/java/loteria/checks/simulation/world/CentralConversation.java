package loteria.checks.simulation.world;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Identity;
import loteria.server.ledger.Session;

/**
 * The central's end of a connection, which may be carried on to another central: the real session,
 * and what the loop does for it, namely to read in a turn what has come, to write what is to be
 * said, and to let time pass. For one thread.
 */
public final class CentralConversation implements Conversation.Link, Wire.Reader {
  private static final long TICK = Agenda.SECOND / 4;

  private final World world;
  private final Connection connection;

  /** Which the agency has reached. */
  private final Program first;

  /** Which has the agency. */
  private Program central;

  private Session session;
  private final ByteArrayOutputStream come = new ByteArrayOutputStream();
  private boolean agencyEnded;
  private boolean closed;
  private boolean shut;
  private boolean writePlanned;

  /** Reads what is said, to tell what an agency was told. */
  private final FrameReader said = new FrameReader();

  /** Reads what is asked, to tell who asks. */
  private final FrameReader asked = new FrameReader();

  private boolean understood = true;

  /** How many bytes of the session's output were looked at. */
  private int noted;

  private int agency;
  private long told;
  private boolean toldFinished;

  /** A central takes the connection of an agency. */
  CentralConversation(World world, Program central, Wire.Reader agencySide) {
    this.world = world;
    this.connection = new Connection(world, this, agencySide);
    this.first = central;
    this.central = central;
    this.session = session(central, new Identity.Trusted());
    central.add(this);
    watch();
  }

  private Session session(Program by, Identity identity) {
    return new Session(
        by.ledgers(),
        Deadlines.DEFAULT,
        this,
        "simulated",
        identity,
        world.nanoTime() + Deadlines.DEFAULT.handshake() * 1_000_000);
  }

  public Connection connection() {
    return connection;
  }

  private void watch() {
    if (closed) {
      return;
    }
    if (come.size() == 0 && !agencyEnded) {
      central.guard(() -> session.tick(world.nanoTime()));
    }
    world.agenda.in(TICK, this::watch);
  }

  @Override
  public void arrived(byte[] bytes) {
    if (!closed) {
      come.writeBytes(bytes);
      note(bytes);
      central.hasBytes(this);
    }
  }

  @Override
  public void ended() {
    if (!closed) {
      agencyEnded = true;
      central.hasBytes(this);
    }
  }

  boolean hasRoom(int bytes) {
    return session.hasRoom(bytes);
  }

  /** The turn of the loop in which the connection is read. */
  void read() {
    byte[] bytes = come.toByteArray();
    come.reset();
    Session reading = session;
    if (bytes.length > 0) {
      reading.receive(bytes, 0, bytes.length, world.nanoTime());
    }
    if (agencyEnded && !closed && reading.equals(session) && reading.ended(world.nanoTime())) {
      close();
    }
  }

  /** Another central has the agency: from here on it is a connection to that one. */
  @Override
  public void relay(String owner, byte[] soFar) {
    Optional<Program> next =
        world.programs().stream()
            .filter(one -> one.address().equals(owner) && !one.equals(central))
            .filter(one -> one.isReachable() && central.equals(first))
            .findFirst();
    if (next.isEmpty()) {
      world.note(Happened.RELAYED_IN_VAIN);
      close();
      return;
    }
    world.note(Happened.RELAYED);
    central = next.get();
    session = session(central, new Identity.Trusted());
    central.add(this);
    byte[] rest = come.toByteArray();
    come.reset();
    come.writeBytes(soFar);
    come.writeBytes(rest);
    central.hasBytes(this);
  }

  /** Notes what the agency says, for the transcript and the places that are reached. */
  private void note(byte[] bytes) {
    if (!understood) {
      return;
    }
    asked.receive(bytes, 0, bytes.length);
    FrameReader.Step step = asked.next();
    for (; step instanceof FrameReader.Whole whole; step = asked.next()) {
      if (whole.decode() instanceof Message.FromAgency message) {
        if (message instanceof Message.Hello hello) {
          agency = hello.agency();
        }
        if (message instanceof Message.Batch batch
            && batch.first() + batch.rows().count() <= told) {
          world.note(Reached.DUPLICATE_ACKNOWLEDGED);
        }
        world.transcript.note("%s < agency %s: %s", central, agency, message);
      }
    }
    understood = step instanceof FrameReader.NeedMore;
  }

  @Override
  public void hasOutput() {
    Violation.unless(central.isAlive(), "%s has ended, and says something", central);
    byte[] bytes = waiting();
    tell(bytes, noted);
    noted = bytes.length;
    if (!writePlanned) {
      writePlanned = true;
      central.later(Agenda.MILLISECOND, this::write);
    }
  }

  /** What is to be said. */
  private byte[] waiting() {
    ByteBuffer waiting = session.output().waiting();
    byte[] bytes = new byte[waiting.remaining()];
    waiting.get(bytes);
    return bytes;
  }

  private void write() {
    writePlanned = false;
    if (closed || session.output().isEmpty()) {
      return;
    }
    byte[] bytes = waiting();
    session.output().sent(bytes.length);
    noted = 0;
    connection.sendToAgency(bytes);
    if (session.sent(world.nanoTime()) && !shut && session.output().isEmpty()) {
      shut = true;
      connection.endToAgency();
      if (agencyEnded) {
        close();
      }
    }
  }

  /** Notes what the agency is told. */
  private void tell(byte[] bytes, int from) {
    said.receive(bytes, from, bytes.length);
    while (said.next() instanceof FrameReader.Whole whole) {
      Message.FromCentral message = (Message.FromCentral) whole.decode();
      world.transcript.note("%s > agency %s: %s", central, agency, message);
      central.noteSaid(this, agency, message);
      switch (message) {
        case Message.Stored(long next) -> told = next;
        case Message.Welcome welcome -> {
          told = welcome.state().next();
          toldFinished = welcome.state().finished();
        }
        case Message.Refused refused -> world.note(refused.refusal());
        case Message.Finished _ -> {
          if (toldFinished) {
            world.note(Reached.FINISH_ACKNOWLEDGED_AGAIN);
          }
        }
        case Message.SealReceipt _, Message.WinnersPage _, Message.Ping _ -> {}
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection.closeByCentral();
      first.forget(this);
      central.forget(this);
    }
  }

  /** A central on the way stops in order: what was said is written. */
  public void stop() {
    if (!closed && !session.output().isEmpty()) {
      connection.sendToAgency(waiting());
    }
    close();
  }

  /** A central on the way dies; what it had written to the socket may still get out. */
  void dieWith(Program dead, boolean machine) {
    if (closed) {
      return;
    }
    if (machine && dead.equals(first)) {
      connection.swallow(true, true);
    }
    if (dead.equals(central) && world.chance.oneIn(2)) {
      stop();
    }
    close();
    if (!dead.equals(central)) {
      central.guard(() -> {
        var _ = session.ended(world.nanoTime());
      });
    }
  }
}
