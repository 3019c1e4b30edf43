package loteria.checks.torture.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.testing.Command;
import loteria.testing.Outcome;

/** SIGSTOP while the agencies upload, and SIGCONT after some seconds: all goes on. */
record Stopped() implements Case {
  private static final int STORED_MAX = 50;
  private static final int STOPPED_SECONDS = 3;

  @Override
  public Title title() {
    return Title.of("SIGSTOP for %d s".formatted(STOPPED_SECONDS), "32");
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Lives lives = Lives.in(folder)) {
      Running central = lives.programs().central(lives.agencies());
      int stored = new SplittableRandom(seed).nextInt(1, STORED_MAX);
      lives.uploadUntil(central, stored, () -> holdUp(central));
      lives.live(central);
      return lives.end();
    }
  }

  private static void holdUp(Running running) {
    running.stop();
    Outcome ignored = Command.of("sleep", STOPPED_SECONDS).run().succeeded();
    running.resume();
  }
}
