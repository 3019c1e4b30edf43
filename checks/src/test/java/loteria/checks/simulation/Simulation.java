package loteria.checks.simulation;

import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Tally;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.shared.SharedWorld;
import loteria.checks.simulation.sole.SoleWorld;
import loteria.checks.simulation.world.World;

/** Runs of the whole system: of one central, or of several that share a lottery. */
final class Simulation {
  static final Simulation SOLE = new Simulation(SoleWorld::new);
  static final Simulation SHARED = new Simulation(SharedWorld::new);

  /** What a run begins with. */
  @FunctionalInterface
  private interface Beginning {
    World world(long seed, int transcriptLinesMax);
  }

  private static final int EVENTS_MAX = 1_000_000;
  private static final int TRANSCRIPT_LINES = 300;

  private final Beginning beginning;

  private Simulation(Beginning beginning) {
    this.beginning = beginning;
  }

  /**
   * Runs a seed.
   *
   * @return what happened in it
   * @throws Failure if something did not hold that always must
   */
  Tally run(long seed) {
    return run(seed, beginning.world(seed, TRANSCRIPT_LINES));
  }

  /** Runs a seed, and tells all that happened, of which {@link Failure} has only the last. */
  String transcript(long seed) {
    World world = beginning.world(seed, Integer.MAX_VALUE);
    try {
      Tally _ = run(seed, world);
      return world.transcript.toString();
    } catch (Failure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private static Tally run(long seed, World world) {
    try {
      world.operator.begin();
      world.troubles().begin();
      for (int events = 0; !world.operator.isOver(); events++) {
        Violation.unless(world.agenda.step(), "nothing is left to happen");
        Violation.unless(
            events < EVENTS_MAX,
            "not over after %d s and %d events",
            world.agenda.now() / Agenda.SECOND,
            events);
      }
      world.judge().ended();
    } catch (RuntimeException | AssertionError wrong) {
      throw new Failure(seed, wrong, world.transcript);
    } finally {
      world.programs().forEach(program -> program.end(false));
    }
    world.tally.ended(world.truth.bets(), world.agenda.now());
    return world.tally;
  }
}
