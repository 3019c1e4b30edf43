package loteria.checks.simulation.shared;

import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.truth.Found;
import loteria.checks.simulation.world.Judge;
import org.jspecify.annotations.Nullable;

/** Holds all centrals together to their promises, by what the brokers have. For one thread. */
final class SharedJudge extends Judge {
  private final SharedWorld world;
  private @Nullable Found found;
  private long foundAt;

  SharedJudge(SharedWorld world) {
    super(world);
    this.world = world;
  }

  @Override
  protected Found now() {
    Found known = found;
    if (known == null || foundAt != world.brokers.commits()) {
      known = Found.inPartitions(world.brokers.bytes(), world.truth.agencies());
      found = known;
      foundAt = world.brokers.commits();
    }
    return known;
  }

  /** Something was committed. Of the draw there is little, and all of it is looked at. */
  void committed(int partition) {
    if (partition == world.brokers.draw()) {
      check(now());
    }
  }

  /** The draw has another owner. */
  void drawTaken() {
    Found known = now();
    if (known.drawn().isPresent()) {
      world.note(Happened.TAKEN_AFTER_DRAW);
    } else if (known.seal().isPresent()) {
      world.note(Happened.TAKEN_BETWEEN_SEAL_AND_DRAW);
    } else if (known.isComplete()) {
      world.note(Happened.TAKEN_BEFORE_SEAL);
    }
    check(known);
  }

  @Override
  protected void noted(int agency) {
    check(agency, now());
  }
}
