package loteria.checks.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Identity;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Session;

/**
 * The central's end of a connection: the real session, and what the loop does for it, namely to
 * read in a turn what has come, to write what is to be said, and to let time pass. For one thread.
 */
final class CentralConversation implements Conversation.Link, Wire.Reader {
  private static final long TICK = Agenda.SECOND / 4;

  private final World world;
  private final CentralSide central;
  private final Connection connection;
  private final Session session;
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

  CentralConversation(World world, CentralSide central, Ledger ledger, Wire.Reader agencySide) {
    this.world = world;
    this.central = central;
    this.connection = new Connection(world, this, agencySide);
    this.session =
        new Session(
            ledger,
            Deadlines.DEFAULT,
            this,
            "simulated",
            new Identity.Unproven(),
            world.nanoTime() + Deadlines.DEFAULT.handshake() * 1_000_000);
    watch();
  }

  Connection connection() {
    return connection;
  }

  private void watch() {
    if (closed) {
      return;
    }
    if (come.size() == 0 && !agencyEnded) {
      central.guard(() -> session.tick(world.nanoTime()));
    }
    world.agenda().in(TICK, this::watch);
  }

  @Override
  public void arrived(byte[] bytes) {
    if (!closed) {
      come.writeBytes(bytes);
      central.hasBytes(this);
    }
  }

  @Override
  public void ended() {
    agencyEnded = true;
    central.hasBytes(this);
  }

  /** The turn of the loop in which the connection is read. */
  void read() {
    if (closed) {
      return;
    }
    byte[] bytes = come.toByteArray();
    come.reset();
    if (bytes.length > 0) {
      note(bytes);
      session.receive(bytes, 0, bytes.length, world.nanoTime());
    }
    if (agencyEnded && !closed && session.ended(world.nanoTime())) {
      close();
    }
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
        world.transcript().note("central < agency %s: %s", agency, message);
      }
    }
    understood = step instanceof FrameReader.NeedMore;
  }

  @Override
  public void hasOutput() {
    ByteBuffer waiting = session.output().waiting();
    byte[] bytes = new byte[waiting.remaining() - noted];
    waiting.get(waiting.position() + noted, bytes);
    noted += bytes.length;
    tell(bytes);
    if (world.chance().oneIn(4)) {
      central.writeSoon(this::write, 0);
    } else if (!writePlanned) {
      writePlanned = true;
      central.writeSoon(this::write, world.chance().between(10L, Agenda.MILLISECOND));
    }
  }

  /** Writes what is to be said, if the program still runs. */
  void write() {
    writePlanned = false;
    if (closed || session.output().isEmpty()) {
      return;
    }
    ByteBuffer waiting = session.output().waiting();
    byte[] bytes = new byte[waiting.remaining()];
    waiting.get(bytes);
    session.output().sent(bytes.length);
    noted = 0;
    connection.sendToAgency(bytes);
    central.guard(() -> {
      if (session.sent(world.nanoTime()) && !shut && session.output().isEmpty()) {
        shut = true;
        connection.endToAgency();
        if (agencyEnded) {
          close();
        }
      }
    });
  }

  /** Notes what the agency is told. */
  private void tell(byte[] bytes) {
    said.receive(bytes, 0, bytes.length);
    while (said.next() instanceof FrameReader.Whole whole) {
      Message.FromCentral message = (Message.FromCentral) whole.decode();
      world.transcript().note("central > agency %s: %s", agency, message);
      central.noteSaid(this, agency, message);
      switch (message) {
        case Message.Stored(long next) -> told = next;
        case Message.Welcome welcome -> {
          told = welcome.state().next();
          toldFinished = welcome.state().finished();
        }
        case Message.Refused refused -> world.tally().note(refused.refusal());
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
      central.forget(this);
    }
  }

  /** The program dies; what it had written to the socket may still get out. */
  void die(boolean machine) {
    if (world.chance().oneIn(2)) {
      flushBlindly();
    }
    closed = true;
    if (machine) {
      connection.swallow(true, true);
    } else {
      connection.closeByCentral();
    }
  }

  /** What the ledger has said is out of its hands: a dying program may have written it. */
  private void flushBlindly() {
    if (!closed && !session.output().isEmpty()) {
      ByteBuffer waiting = session.output().waiting();
      byte[] bytes = new byte[waiting.remaining()];
      waiting.get(bytes);
      connection.sendToAgency(bytes);
    }
  }

  /** The program stops in order: what was said is written. */
  void stop() {
    flushBlindly();
    if (!closed) {
      closed = true;
      connection.closeByCentral();
    }
  }
}
