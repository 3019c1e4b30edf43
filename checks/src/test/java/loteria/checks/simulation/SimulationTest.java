package loteria.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Tally;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;

/**
 * So many rounds that each fault, place and refusal is among them; {@code make simulate} runs more.
 */
final class SimulationTest {
  private static final long SEED = 1;
  private static final int ROUNDS = 300;

  @Test
  void losesAndDoublesNothingWhateverHappens() {
    Tally tally = new Tally();
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      tally.add(Simulation.SOLE.run(seed));
    }

    assertThat(tally.missing(Fault.values())).as("faults never injected").isEmpty();
    assertThat(tally.missing(Reached.values())).as("places never reached").isEmpty();
    assertThat(
            tally.missing(
                Refusal.GAP,
                Refusal.OVERLAP,
                Refusal.CLOSED,
                Refusal.CONFLICT,
                Refusal.FENCED,
                Refusal.ACKED_LOST,
                Refusal.STORAGE_FULL,
                Refusal.SHUTTING_DOWN,
                Refusal.BAD_CHECKSUM,
                Refusal.BAD_FRAME,
                Refusal.OUT_OF_ORDER,
                Refusal.TOO_SLOW))
        .as("refusals never said")
        .isEmpty();
  }

  @Test
  void isDeterminedByItsSeed() {
    for (long seed = SEED; seed < SEED + 10; seed++) {
      assertThat(Simulation.SOLE.transcript(seed))
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(Simulation.SOLE.transcript(seed));
    }
  }
}
