package loteria.checks.simulation.world;

import java.util.Optional;
import loteria.checks.simulation.disk.Disk;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;
import loteria.journal.DataDirectory;

/** A machine with a disk, where a central's program is started again whenever it has ended. */
public final class Node {
  private final World world;
  private final int number;
  private final Disk disk;
  private final long storeMax;
  private Optional<Program> program = Optional.empty();
  private int started;

  public Node(World world, int number) {
    this.world = world;
    this.number = number;
    boolean shortTransfers = world.chance.oneIn(2);
    if (shortTransfers) {
      world.note(Fault.SHORT_TRANSFERS);
    }
    this.disk = new Disk(world.chance, shortTransfers);
    disk.onOpen(DataDirectory.BETS_UNFINISHED, () -> world.troubles().sealBegins(this));
    boolean slow = world.chance.oneIn(5);
    if (slow) {
      world.note(Fault.SLOW_DISK);
    }
    this.storeMax = slow ? 300 * Agenda.MILLISECOND : 4 * Agenda.MILLISECOND;
  }

  public Disk disk() {
    return disk;
  }

  /** How long a block takes to be stored. */
  public long storeMax() {
    return storeMax;
  }

  /** The program that runs. */
  public Optional<Program> program() {
    return program;
  }

  String address() {
    return "node-" + number;
  }

  /** Whether its first program is the one that runs. */
  public boolean isNew() {
    return started == 1;
  }

  void startLater(long waitMax) {
    world.soon(waitMax, this::start);
  }

  private void start() {
    if (program.isEmpty()) {
      disk.restart();
      started++;
      Program begun = world.program(this, "%s (program %d)".formatted(address(), started));
      program = Optional.of(begun);
      begun.begin();
    }
  }

  /** The program has ended. */
  void ended() {
    program = Optional.empty();
    startLater(3 * Agenda.SECOND);
  }
}
