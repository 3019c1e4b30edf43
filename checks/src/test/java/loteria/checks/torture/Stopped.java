package loteria.checks.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.shell.Command;
import loteria.checks.shell.Outcome;

/** SIGSTOP while the agencies upload, and SIGCONT after some seconds: all goes on. */
record Stopped() implements Case {
  private static final int STORED_MAX = 50;

  @Override
  public String name() {
    return "SIGSTOP for 3 s";
  }

  @Override
  public String rows() {
    return "32";
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
    Outcome ignored =
        Command.of("sh", "-c", "sleep 3; kill -CONT " + running.pid()).run().succeeded();
  }
}
