package loteria.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import loteria.checks.simulation.run.Tally;
import org.junit.jupiter.api.Test;

/** Many rounds, or one that is looked at: `make simulate SEEDS=N SEED=S`. */
final class SimulationCampaign {
  private static final long FIRST = Long.getLong("simulation.seed", 1);
  private static final long ROUNDS = Long.getLong("simulation.seeds", 1);

  @Test
  void losesAndDoublesNothing() {
    run("one central", Simulation.SOLE);
  }

  @Test
  void losesAndDoublesNothingWhereSeveralShareIt() {
    run("several centrals", Simulation.SHARED);
  }

  private static void run(String what, Simulation simulation) {
    if (ROUNDS == 1) {
      System.out.println(simulation.transcript(FIRST));
    }
    Tally tally = new Tally();
    long failed = 0;
    long began = System.nanoTime();
    for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
      try {
        tally.add(simulation.run(seed));
      } catch (Failure failure) {
        failed++;
        System.out.println(failure.getMessage());
      }
    }
    double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf(
        "%s: %,d rounds from seed %d on in %.1f s, %.0f a second, %d failed%n%s%n",
        what, ROUNDS, FIRST, seconds, ROUNDS / seconds, failed, tally);

    assertThat(failed).as("failed rounds").isZero();
  }
}
