package loteria.checks.simulation;

import loteria.checks.simulation.shared.SharedSimulation;
import loteria.checks.simulation.shared.SharedTally;

/**
 * Looks for the first seed at which a simulation fails, that of one central or that of several, in
 * a JVM of its own: one line tells the seed, after how many rounds, and why; or that there was
 * none.
 */
final class Hunt {
  /** What the line begins with where a seed was found. */
  static final String CAUGHT = "caught";

  private Hunt() {}

  /** Arguments: the first seed, and how many to try. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long rounds = Long.parseLong(arguments[1]);
    for (long round = 0; round < rounds; round++) {
      try {
        Tally _ = Simulation.run(first + round);
        SharedTally _ = SharedSimulation.run(first + round);
      } catch (Failure failure) {
        System.out.printf("%s %d %d %s%n", CAUGHT, first + round, round + 1, failure.getCause());
        return;
      }
    }
    System.out.printf("survived %d rounds%n", rounds);
  }
}
