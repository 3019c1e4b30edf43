package loteria.checks.simulation;

import loteria.checks.simulation.run.Tally;

/**
 * Looks for the first seed at which a simulation fails, that of one central or that of several, in
 * a JVM of its own: one line tells the seed, after how many rounds, and why; or that there was
 * none.
 */
final class Hunt {
  private Hunt() {}

  /** Arguments: the first seed, and how many to try. */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    long rounds = Long.parseLong(arguments[1]);
    for (long round = 0; round < rounds; round++) {
      try {
        Tally _ = Simulation.SOLE.run(first + round);
        Tally _ = Simulation.SHARED.run(first + round);
      } catch (Failure failure) {
        System.out.printf("caught %d %d %s%n", first + round, round + 1, failure.getCause());
        return;
      }
    }
    System.out.printf("survived %d rounds%n", rounds);
  }
}
