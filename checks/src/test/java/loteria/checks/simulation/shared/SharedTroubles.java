package loteria.checks.simulation.shared;

import java.util.List;
import java.util.Optional;
import loteria.checks.simulation.Agenda;

/** What happens to the centrals, when, and for how long. For one thread. */
final class SharedTroubles {
  private static final List<Long> LENGTHS =
      List.of(6 * Agenda.SECOND, 15 * Agenda.SECOND, 40 * Agenda.SECOND);

  private final SharedWorld world;
  private boolean over;

  SharedTroubles(SharedWorld world) {
    this.world = world;
  }

  void begin() {
    long length = world.chance.of(LENGTHS);
    int count = world.chance.oneIn(10) ? 0 : world.chance.between(1, 14);
    for (int i = 0; i < count; i++) {
      world.soon(world.chance.oneIn(2) ? LENGTHS.getFirst() : length, this::happen);
    }
    for (int closings = world.chance.oneIn(3) ? world.chance.between(1, 2) : 0;
        closings > 0;
        closings--) {
      world.soon(world.chance.oneIn(2) ? Agenda.SECOND : length, world.people::close);
    }
    world.agenda.in(length + Agenda.SECOND, this::end);
  }

  private void end() {
    over = true;
    world.makeFair();
    world.nodes.forEach(node -> node.disk().makeRoom());
    world.people.troublesEnd();
  }

  private void happen() {
    switch (world.chance.below(10)) {
      case 0, 1 -> anyPartition();
      case 2, 3 -> harmConnection();
      case 4 -> killAgency();
      case 5 -> world.changeWeather();
      case 6 -> fill(world.chance.of(world.nodes));
      default -> anyProgram().ifPresent(this::harm);
    }
  }

  private Optional<Program> anyProgram() {
    List<Program> programs = world.programs();
    return programs.isEmpty() ? Optional.empty() : Optional.of(world.chance.of(programs));
  }

  private void anyPartition() {
    int partition = world.chance.between(0, world.brokers.draw());
    if (world.chance.oneIn(4)) {
      fence(partition);
    } else {
      world.group.move(partition);
    }
  }

  private void fence(int partition) {
    world.note(Happened.FENCE);
    world.transcript.note("somebody takes partition %s, and is gone", partition);
    int _ = world.brokers.fence(partition);
  }

  private void harm(Program program) {
    if (!program.isAlive()) {
      return;
    }
    switch (world.chance.below(5)) {
      case 0 -> {
        world.note(Happened.KILL);
        program.die(false);
      }
      case 1 -> {
        world.note(Happened.POWER_LOSS);
        program.die(true);
      }
      case 2 -> {
        world.note(Happened.TERMINATION);
        program.terminate();
      }
      default -> {
        world.note(Happened.SILENCE);
        program.fallSilent();
      }
    }
  }

  private void fill(Node node) {
    world.note(Happened.DISK_FULL);
    node.disk().limitTo(world.chance.below(3_000));
    world.soon(5 * Agenda.SECOND, node.disk()::makeRoom);
  }

  private void harmConnection() {
    List<Call> calls = world.people.runs().stream().flatMap(run -> run.call().stream()).toList();
    if (!calls.isEmpty()) {
      Call call = world.chance.of(calls);
      if (world.chance.oneIn(2)) {
        world.note(Happened.CUT);
        call.cut();
      } else {
        world.note(Happened.HALF_OPEN);
        call.swallow();
      }
    }
  }

  private void killAgency() {
    List<AgencyRun> runs = world.people.runs();
    if (!runs.isEmpty()) {
      world.note(Happened.AGENCY_KILLED);
      world.people.kill(world.chance.of(runs));
    }
  }

  /** A central makes the file of the seal: the way from there to the draw is short. */
  void sealBegins(Node node) {
    if (world.misfortune(2)) {
      int draw = world.brokers.draw();
      boolean own = world.group.owner(draw).filter(owner -> owner.node().equals(node)).isPresent();
      switch (world.chance.below(4)) {
        case 0 -> fill(node);
        case 1 -> soonTo(node);
        default ->
            soon(() -> {
              if (own) {
                world.note(Happened.DRAW_MOVED_WHILE_SEALING);
              }
              world.group.move(draw);
            });
      }
    }
  }

  /** Something was committed. */
  void committed(int partition) {
    if (partition == world.brokers.draw() && world.misfortune(3)) {
      world.group.owner(partition).ifPresent(owner -> soonTo(owner.node()));
    }
  }

  /** Bets of an agency were stored: it may come next to who believes that it is still the owner. */
  void stored(AgencyRun run) {
    world.programs().stream()
        .filter(Program::isZombie)
        .filter(_ -> world.misfortune(3))
        .findFirst()
        .ifPresent(zombie -> {
          run.goAstrayTo(zombie.node());
          run.call().ifPresent(Call::cut);
        });
  }

  private void soonTo(Node node) {
    soon(() -> node.program().ifPresent(this::harm));
  }

  private void soon(Runnable what) {
    world.soon(
        5 * Agenda.MILLISECOND,
        () -> {
          if (!over) {
            what.run();
          }
        });
  }
}
