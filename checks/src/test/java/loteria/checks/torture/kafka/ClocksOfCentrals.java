package loteria.checks.torture.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.kafka.Shared;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.CProgram;

/**
 * The time of day of all centrals is set ahead or back while agencies upload. Kafka's clients
 * measure some of their waiting by it: a central may halt, and is started again.
 *
 * @param by how far; negative for back
 */
record ClocksOfCentrals(Duration by) implements Case {
  private static final int UPLOAD_MILLIS_MIN = 1_000;
  private static final int UPLOAD_MILLIS_MAX = 4_000;

  @Override
  public Title title() {
    return Title.of(
        "kafka: the clocks of the centrals are set %d h %s"
            .formatted(by.abs().toHours(), by.isNegative() ? "back" : "ahead"),
        "84",
        RealBrokers::unavailable,
        CProgram::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    Path clock = folder.resolve("clock");
    Shared.Altered set =
        new Shared.Altered(
            List.of(),
            Map.of("LD_PRELOAD", CProgram.CLOCK.path().toString(), "CLOCK_FILE", clock.toString()));
    try (SharedRound round = SharedRound.in(folder, 2, set)) {
      TimeUnit.MILLISECONDS.sleep(
          new SplittableRandom(seed).nextInt(UPLOAD_MILLIS_MIN, UPLOAD_MILLIS_MAX));
      Files.writeString(clock, String.valueOf(by.toSeconds()));
      round.awaitProgressOfWhatIsStartedAgain();
      round.awaitProgressOfWhatIsStartedAgain();
      round.lottery().assertHolds();
      return round.evidence();
    }
  }
}
