package loteria.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Tally;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;

/**
 * So many rounds that each fault, place and refusal is among them; {@code make simulate} runs more.
 */
final class SimulationTest {
  private static final long SEED = 1;

  @Test
  void losesAndDoublesNothingWhateverHappens() {
    Tally tally = tally(Simulation.SOLE, 300);

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
  void losesAndDoublesNothingWhoeverOwnsIt() {
    Tally tally = tally(Simulation.SHARED, 100);

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

  private static Tally tally(Simulation simulation, int rounds) {
    Tally tally = new Tally();
    for (long seed = SEED; seed < SEED + rounds; seed++) {
      tally.add(simulation.run(seed));
    }
    return tally;
  }

  @Test
  void isDeterminedByItsSeed() {
    assertDetermined(Simulation.SOLE, 10);
  }

  @Test
  void isDeterminedByItsSeedWhereSeveralShareIt() {
    assertDetermined(Simulation.SHARED, 5);
  }

  private static void assertDetermined(Simulation simulation, int rounds) {
    for (long seed = SEED; seed < SEED + rounds; seed++) {
      assertThat(simulation.transcript(seed))
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(simulation.transcript(seed));
    }
  }
}
