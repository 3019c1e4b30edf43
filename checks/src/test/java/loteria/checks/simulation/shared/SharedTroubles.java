package loteria.checks.simulation.shared;

import java.util.List;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.world.AgencyProgram;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Troubles;
import loteria.checks.simulation.world.Weather;

/** What happens to centrals that share a lottery, and to their agencies. */
final class SharedTroubles extends Troubles {
  private final SharedWorld world;

  SharedTroubles(SharedWorld world) {
    super(world, List.of(6 * Agenda.SECOND, 15 * Agenda.SECOND, 40 * Agenda.SECOND));
    this.world = world;
  }

  @Override
  protected void happen() {
    switch (world.chance.below(10)) {
      case 0, 1 -> anyPartition();
      case 2, 3 -> harmConnection();
      case 4 -> killAgency();
      case 5 -> world.change(Weather.of(world.chance));
      case 6 -> fill(world.chance.of(world.nodes));
      default -> {
        List<SharedProgram> centrals = world.centrals();
        if (!centrals.isEmpty()) {
          harm(world.chance.of(centrals));
        }
      }
    }
  }

  private void anyPartition() {
    int partition = world.chance.between(0, world.brokers.draw());
    if (world.chance.oneIn(4)) {
      world.note(Happened.FENCE);
      world.transcript.note("somebody takes partition %s, and is gone", partition);
      int _ = world.brokers.fence(partition);
    } else {
      world.group.move(partition);
    }
  }

  private void harm(SharedProgram central) {
    switch (world.chance.below(5)) {
      case 0 -> kill(central, false);
      case 1 -> kill(central, true);
      case 2 -> terminate(central);
      default -> {
        world.note(Happened.SILENCE);
        central.fallSilent();
      }
    }
  }

  private void harmInAMoment(SharedProgram central) {
    inAMoment(() -> {
      if (central.isAlive()) {
        harm(central);
      }
    });
  }

  @Override
  protected void sealBegins(Node node) {
    if (misfortune(2)) {
      int draw = world.brokers.draw();
      boolean own = world.group.owner(draw).filter(owner -> owner.node.equals(node)).isPresent();
      switch (world.chance.below(4)) {
        case 0 -> fill(node);
        case 1 ->
            world.centrals().stream()
                .filter(central -> central.node.equals(node))
                .forEach(this::harmInAMoment);
        default ->
            inAMoment(() -> {
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
    if (partition == world.brokers.draw() && misfortune(3)) {
      world.group.owner(partition).ifPresent(this::harmInAMoment);
    }
  }

  /** An agency may come next to who believes that it is still the owner. */
  @Override
  protected void stored(AgencyProgram program) {
    world.centrals().stream()
        .filter(central -> central.isZombie() && central.isReachable() && misfortune(2))
        .findFirst()
        .ifPresent(zombie -> {
          program.goAstrayTo(zombie.node);
          program.session().ifPresent(session -> session.connection().cut());
        });
  }
}
