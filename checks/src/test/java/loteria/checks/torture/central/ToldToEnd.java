package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.lottery.Refusal;

/**
 * SIGTERM while the agencies upload, twice: what was handed over is stored and answered, and
 * everybody is told, within a second.
 */
record ToldToEnd() implements Case {
  private static final int STORED_MAX = 80;

  @Override
  public Title title() {
    return Title.of("SIGTERM at any batch, twice", "33");
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Lives lives = Lives.in(folder)) {
      Running central = lives.programs().central(lives.agencies());
      int stored = new SplittableRandom(seed).nextInt(1, STORED_MAX);
      lives.uploadUntil(
          central,
          stored,
          () -> {
            central.terminate();
            central.assertEndsInOrder();
          });
      assertThat(lives.uploaders())
          .allSatisfy(uploader ->
              assertThat(
                      uploader.hasFinished()
                          || uploader.refusal().equals(Optional.of(Refusal.SHUTTING_DOWN)))
                  .as("finished, or told: %s", uploader)
                  .isTrue());
      lives.ended(central);
      return lives.end();
    }
  }
}
