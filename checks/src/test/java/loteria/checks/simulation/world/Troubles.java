package loteria.checks.simulation.world;

import java.util.List;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;

/** What happens to the system, when, and for how long. For one thread. */
public abstract class Troubles {
  private final World world;
  private final List<Long> lengths;
  private boolean over;

  /**
   * Troubles that last as long as one of some lengths.
   *
   * @param lengths the first one is that in which most happens
   */
  protected Troubles(World world, List<Long> lengths) {
    this.world = world;
    this.lengths = lengths;
  }

  public void begin() {
    long length = world.chance.of(lengths);
    int count = world.chance.oneIn(10) ? 0 : world.chance.between(1, 14);
    for (int i = 0; i < count; i++) {
      world.soon(world.chance.oneIn(2) ? length : lengths.getFirst(), this::happen);
    }
    int closings = world.chance.oneIn(4) ? world.chance.between(1, 2) : 0;
    for (int i = 0; i < closings; i++) {
      world.soon(world.chance.oneIn(2) ? length : Agenda.SECOND, world.operator::close);
    }
    world.agenda.in(length + Agenda.SECOND, this::end);
  }

  private void end() {
    over = true;
    world.change(Weather.FAIR);
    world.nodes.forEach(node -> node.disk().behave());
    world.operator.troublesEnd();
  }

  /** True once in {@code n} times, while bad things happen. */
  public final boolean misfortune(int n) {
    return !over && world.chance.oneIn(n);
  }

  /** Has something done in a moment, if bad things still happen then. */
  protected final void inAMoment(Runnable what) {
    world.soon(
        5 * Agenda.MILLISECOND,
        () -> {
          if (!over) {
            what.run();
          }
        });
  }

  // What may happen.

  /** One of the bad things. */
  protected abstract void happen();

  /** A central starts: what happens to it while it reads its journal? */
  protected void atStart() {}

  /** A central makes the file of the seal: the way from there to the draw is short. */
  protected abstract void sealBegins(Node node);

  /** A closing is about to be stored: it is short, and few calls lie around it. */
  protected void whileClosing() {}

  /** Bets of an agency were stored, and it was told so. */
  protected void stored(AgencyProgram program) {}

  protected final void kill(Program central, boolean machine) {
    world.note(machine ? Fault.POWER_LOSS : Fault.KILL);
    central.die(machine);
  }

  protected final void terminate(Program central) {
    world.note(Fault.TERMINATION);
    central.terminate();
  }

  protected final void fill(Node node) {
    world.note(Fault.DISK_FULL);
    node.disk().limitTo(world.chance.below(3_000));
    world.soon(5 * Agenda.SECOND, node.disk()::makeRoom);
  }

  protected final void harmConnection() {
    List<Connection> connections =
        world.operator.programs().stream()
            .flatMap(program -> program.session().stream())
            .map(AgencySession::connection)
            .toList();
    if (connections.isEmpty()) {
      return;
    }
    Connection connection = world.chance.of(connections);
    switch (world.chance.below(4)) {
      case 0 -> {
        world.note(Fault.HALF_OPEN);
        connection.swallow(true, true);
      }
      case 1 -> {
        boolean toTheCentral = world.chance.oneIn(2);
        world.note(Fault.ONE_DIRECTION_LOST);
        connection.swallow(toTheCentral, !toTheCentral);
      }
      default -> {
        world.note(Fault.CUT);
        connection.cut();
      }
    }
  }

  protected final void killAgency() {
    List<AgencyProgram> programs = world.operator.programs();
    if (!programs.isEmpty()) {
      AgencyProgram program = world.chance.of(programs);
      boolean machine = world.chance.oneIn(2);
      world.note(machine ? Fault.AGENCY_LOST_POWER : Fault.AGENCY_KILLED);
      program.die(machine);
      world.operator.died(program);
    }
  }
}
