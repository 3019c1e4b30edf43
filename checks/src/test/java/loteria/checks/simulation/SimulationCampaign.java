package loteria.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import loteria.checks.simulation.shared.SharedSimulation;
import loteria.checks.simulation.shared.SharedTally;
import org.junit.jupiter.api.Test;

/** Many rounds, or one that is looked at: `make simulate SEEDS=N SEED=S`. */
final class SimulationCampaign {
  private static final long FIRST = Long.getLong("simulation.seed", 1);
  private static final long ROUNDS = Long.getLong("simulation.seeds", 1);

  @Test
  void losesAndDoublesNothing() {
    Tally tally = new Tally();
    run("one central", Simulation::transcript, seed -> tally.add(Simulation.run(seed)), tally);
  }

  @Test
  void losesAndDoublesNothingWhereSeveralShareIt() {
    SharedTally tally = new SharedTally();
    run(
        "several centrals",
        SharedSimulation::transcript,
        seed -> tally.add(SharedSimulation.run(seed)),
        tally);
  }

  private static void run(
      String what, LongFunction<String> transcript, LongConsumer round, Object tally) {
    if (ROUNDS == 1) {
      System.out.println(transcript.apply(FIRST));
    }
    long failed = 0;
    long began = System.nanoTime();
    for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
      try {
        round.accept(seed);
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
