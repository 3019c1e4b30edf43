package loteria.checks.simulation.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * So many rounds that each trouble and each place is among them; {@code make simulate} runs more.
 */
final class SharedSimulationTest {
  private static final long SEED = 1;
  private static final int ROUNDS = 100;

  @Test
  void losesAndDoublesNothingWhoeverOwnsIt() {
    SharedTally tally = new SharedTally();
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      tally.add(SharedSimulation.run(seed));
    }

    assertThat(Stream.of(Happened.values()).filter(what -> tally.count(what) == 0))
        .as("what never happened")
        .isEmpty();
  }

  @Test
  void isDeterminedByItsSeed() {
    for (long seed = SEED; seed < SEED + 5; seed++) {
      assertThat(SharedSimulation.transcript(seed))
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(SharedSimulation.transcript(seed));
    }
  }
}
