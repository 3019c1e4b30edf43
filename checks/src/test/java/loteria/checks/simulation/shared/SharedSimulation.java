package loteria.checks.simulation.shared;

import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Failure;
import loteria.checks.simulation.Violation;

/** One run of several centrals, which its seed determines. */
public final class SharedSimulation {
  private static final int EVENTS_MAX = 1_000_000;
  private static final int TRANSCRIPT_LINES = 300;

  private final long seed;
  private final SharedWorld world;

  private SharedSimulation(long seed, int transcriptLinesMax) {
    this.seed = seed;
    this.world = new SharedWorld(seed, transcriptLinesMax);
  }

  /**
   * Runs a seed.
   *
   * @return what happened in it
   * @throws Failure if something did not hold that always must
   */
  public static SharedTally run(long seed) {
    return new SharedSimulation(seed, TRANSCRIPT_LINES).run();
  }

  /** Runs a seed, and tells all that happened, of which {@link Failure} has only the last. */
  public static String transcript(long seed) {
    SharedSimulation simulation = new SharedSimulation(seed, Integer.MAX_VALUE);
    try {
      SharedTally _ = simulation.run();
      return simulation.world.transcript.toString();
    } catch (Failure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private SharedTally run() {
    try {
      world.people.begin();
      world.troubles.begin();
      for (int events = 0; !world.people.isOver(); events++) {
        Violation.unless(world.agenda.step(), "nothing is left to happen");
        Violation.unless(
            events < EVENTS_MAX,
            "not over after %d s and %d events",
            world.agenda.now() / Agenda.SECOND,
            events);
      }
      world.judge.ended();
    } catch (RuntimeException | AssertionError wrong) {
      throw new Failure(seed, wrong, world.transcript);
    } finally {
      world.programs().forEach(Program::end);
    }
    return world.tally;
  }
}
