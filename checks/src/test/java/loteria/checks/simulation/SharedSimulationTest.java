package loteria.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Tally;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;

/**
 * So many rounds that each trouble and each place is among them; {@code make simulate} runs more.
 */
final class SharedSimulationTest {
  private static final long SEED = 1;
  private static final int ROUNDS = 100;

  @Test
  void losesAndDoublesNothingWhoeverOwnsIt() {
    Tally tally = new Tally();
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      tally.add(Simulation.SHARED.run(seed));
    }

    assertThat(tally.missing(Happened.values())).as("what never happened").isEmpty();
    assertThat(
            tally.missing(
                Fault.KILL,
                Fault.POWER_LOSS,
                Fault.TERMINATION,
                Fault.DISK_FULL,
                Fault.CUT,
                Fault.HALF_OPEN,
                Fault.ONE_DIRECTION_LOST,
                Fault.LATE_BYTES,
                Fault.FLIPPED_BIT,
                Fault.AGENCY_KILLED,
                Fault.AGENCY_LOST_POWER))
        .as("faults never injected")
        .isEmpty();
    assertThat(
            tally.missing(
                Reached.HALTED,
                Reached.RESUMED_IN_MID_FILE,
                Reached.AGENCY_CLOSED,
                Reached.DRAWN_BY_AN_OPERATOR,
                Reached.STORAGE_FULL))
        .as("places never reached")
        .isEmpty();
    // The partition is another's by now, or nobody's.
    assertThat(tally.missing(Refusal.SHUTTING_DOWN)).as("refusals never said").isEmpty();
  }

  @Test
  void isDeterminedByItsSeed() {
    for (long seed = SEED; seed < SEED + 5; seed++) {
      assertThat(Simulation.SHARED.transcript(seed))
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(Simulation.SHARED.transcript(seed));
    }
  }
}
