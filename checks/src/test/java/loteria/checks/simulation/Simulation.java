package loteria.checks.simulation;

/** One run of the whole system, which its seed determines. */
final class Simulation {
  private static final long TIME_MAX = 3_600 * Agenda.SECOND;
  private static final int EVENTS_MAX = 1_000_000;
  static final int TRANSCRIPT_LINES = 200;

  private final long seed;
  private final World world;

  private Simulation(long seed, int transcriptLinesMax) {
    this.seed = seed;
    this.world = new World(seed, transcriptLinesMax);
  }

  /**
   * Runs a seed.
   *
   * @return what happened in it
   * @throws Failure if something did not hold that always must
   */
  static Tally run(long seed) {
    return new Simulation(seed, TRANSCRIPT_LINES).run();
  }

  /** Runs a seed, and tells all that happened, of which {@link Failure} has only the last. */
  static String transcript(long seed) {
    Simulation simulation = new Simulation(seed, Integer.MAX_VALUE);
    try {
      simulation.run();
      return simulation.world.transcript().toString();
    } catch (Failure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private Tally run() {
    try {
      world.operator().begin();
      world.troubles().begin();
      for (int events = 0; !world.operator().isOver(); events++) {
        Violation.unless(world.agenda().step(), "nothing is left to happen");
        Violation.unless(
            events < EVENTS_MAX && world.agenda().now() < TIME_MAX,
            "not over after %d s and %d events",
            world.agenda().now() / Agenda.SECOND,
            events);
      }
      world.judge().ended();
    } catch (RuntimeException | AssertionError wrong) {
      throw new Failure(seed, wrong, world.transcript());
    } finally {
      world.central().end();
    }
    world.tally().ended(world.truth().bets(), world.agenda().now());
    return world.tally();
  }
}
