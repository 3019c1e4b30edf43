package loteria.checks.simulation.shared;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Violation;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Identity;
import loteria.server.ledger.Session;

/**
 * A connection of an agency to a central, and perhaps on to another: the real session, and the
 * bytes that travel, each direction in its order. For one thread.
 */
final class Call implements Conversation.Link {
  private static final long TICK = Agenda.SECOND / 2;

  /** The agency's end. */
  interface Agency {
    void arrived(byte[] bytes);

    void ended();
  }

  private final SharedWorld world;
  private final Agency agency;
  private final Program first;
  private Program program;
  private Session session;
  private final ByteArrayOutputStream come = new ByteArrayOutputStream();
  private long lastToCentral;
  private long lastToAgency;
  private boolean agencyEnded;
  private boolean closed; // by the central
  private boolean left; // by the agency
  private boolean swallowed;
  private boolean writePlanned;

  Call(SharedWorld world, Program program, Agency agency) {
    this.world = world;
    this.agency = agency;
    this.first = program;
    this.program = program;
    this.session = session(program, new Identity.Unproven());
    program.add(this);
    watch();
  }

  private Session session(Program by, Identity identity) {
    return new Session(
        by.lottery(),
        Deadlines.DEFAULT,
        this,
        "simulated",
        identity,
        world.nanoTime() + Deadlines.DEFAULT.handshake() * 1_000_000);
  }

  private void watch() {
    if (!closed) {
      if (come.size() == 0 && !agencyEnded) {
        program.guard(() -> session.tick(world.nanoTime()));
      }
      world.agenda.in(TICK, this::watch);
    }
  }

  // The agency's side.

  void send(byte[] bytes) {
    toCentral(() -> come.writeBytes(bytes));
  }

  /** The agency closes, or dies. Idempotent. */
  void leave() {
    if (!left) {
      left = true;
      toCentral(() -> agencyEnded = true);
    }
  }

  private void toCentral(Runnable arrival) {
    lastToCentral = Math.max(lastToCentral, world.agenda.now() + world.latency());
    world.agenda.at(
        lastToCentral,
        () -> {
          if (!closed && !swallowed) {
            arrival.run();
            program.hasBytes(this);
          }
        });
  }

  private void toAgency(Runnable arrival) {
    lastToAgency = Math.max(lastToAgency, world.agenda.now() + world.latency());
    world.agenda.at(
        lastToAgency,
        () -> {
          if (!left && !swallowed) {
            arrival.run();
          }
        });
  }

  /** Reset by something in between. */
  void cut() {
    if (!swallowed) {
      swallowed = true;
      world.soon(
          Agenda.MILLISECOND,
          () -> {
            if (!left) {
              agency.ended();
            }
          });
      close();
    }
  }

  /** Nothing arrives any more, and nobody is told. */
  void swallow() {
    swallowed = true;
  }

  // The central's side.

  boolean hasRoom(int bytes) {
    return session.hasRoom(bytes);
  }

  /** The turn of the loop in which the connection is read. */
  void read() throws IOException {
    if (closed) {
      return;
    }
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

  @Override
  public void hasOutput() {
    Violation.unless(program.isAlive(), "%s has ended, and says something", program);
    if (!writePlanned) {
      writePlanned = true;
      world.soon(Agenda.MILLISECOND, () -> program.guard(this::write));
    }
  }

  private void write() {
    writePlanned = false;
    if (closed || session.output().isEmpty()) {
      return;
    }
    ByteBuffer waiting = session.output().waiting();
    byte[] bytes = new byte[waiting.remaining()];
    waiting.get(bytes);
    session.output().sent(bytes.length);
    toAgency(() -> agency.arrived(bytes));
    if (session.sent(world.nanoTime()) && session.output().isEmpty()) {
      toAgency(agency::ended);
      if (agencyEnded) {
        close();
      }
    }
  }

  /** Another central has the agency: from here on it is a connection to that one. */
  @Override
  public void relay(String owner, byte[] soFar) {
    Program next =
        world.programs().stream()
            .filter(one -> one.address().equals(owner) && !one.equals(program))
            .filter(Program::isReachable)
            .findFirst()
            .orElse(null);
    if (!first.equals(program) || next == null) {
      world.note(Happened.RELAYED_IN_VAIN);
      toAgency(agency::ended);
      close();
      return;
    }
    world.note(Happened.RELAYED);
    program = next;
    session = session(next, new Identity.Central());
    next.add(this);
    byte[] rest = come.toByteArray();
    come.reset();
    come.writeBytes(soFar);
    come.writeBytes(rest);
    next.hasBytes(this);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      toAgency(agency::ended);
      first.forget(this);
      program.forget(this);
    }
  }

  /** A central on the way has ended; what was said before may still get out. */
  void dieWith(Program ended) {
    if (closed) {
      return;
    }
    boolean says = ended.equals(program) && !session.output().isEmpty() && world.chance.oneIn(2);
    if (says) {
      ByteBuffer waiting = session.output().waiting();
      byte[] bytes = new byte[waiting.remaining()];
      waiting.get(bytes);
      toAgency(() -> agency.arrived(bytes));
    }
    close();
    if (!ended.equals(program)) {
      program.guard(() -> {
        var _ = session.ended(world.nanoTime());
      });
    }
  }
}
