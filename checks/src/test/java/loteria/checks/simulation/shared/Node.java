package loteria.checks.simulation.shared;

import java.io.IOException;
import java.util.Optional;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Disk;
import loteria.journal.DataDirectory;
import org.jspecify.annotations.Nullable;

/** A machine with a disk, where a central's program is started again whenever it has ended. */
final class Node {
  private final SharedWorld world;
  private final int number;
  private final Disk disk;
  private @Nullable Program program;
  private int started;

  Node(SharedWorld world, int number) {
    this.world = world;
    this.number = number;
    this.disk = new Disk(world.chance, world.chance.oneIn(2));
    disk.onOpen(DataDirectory.BETS_UNFINISHED, () -> world.troubles.sealBegins(this));
  }

  Disk disk() {
    return disk;
  }

  /** The program that runs. */
  Optional<Program> program() {
    return Optional.ofNullable(program);
  }

  String address() {
    return "node-" + number;
  }

  void startLater(long waitMax) {
    world.soon(waitMax, this::start);
  }

  private void start() {
    if (program != null) {
      return;
    }
    disk.restart();
    started++;
    Program begun = new Program(world, this, "%s (program %d)".formatted(address(), started));
    program = begun;
    world.transcript.note("%s starts", begun);
    try {
      begun.start();
    } catch (IOException refused) {
      begun.failed(refused);
    }
  }

  /** The program has ended. */
  void ended(Program one) {
    if (one.equals(program)) {
      program = null;
      startLater(3 * Agenda.SECOND);
    }
  }
}
