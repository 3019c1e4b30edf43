package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.peers.Crowd;

/**
 * More connections than the heap has room for come while the agencies upload: the central ends at
 * once, and is not left half dead.
 */
record OutOfMemory() implements Case {
  private static final int HEAP_MEGABYTES = 12;
  private static final int CROWD = 3000;
  private static final int STORED_MAX = 20;

  /** As a Java that runs out of memory ends. */
  private static final int EXIT = 3;

  @Override
  public Title title() {
    return Title.of("a heap that is full of connections", "34");
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int stored = new SplittableRandom(seed).nextInt(1, STORED_MAX);
    try (Lives lives = Lives.in(folder);
        Running central = lives.startAside(Launch.withHeapOf(HEAP_MEGABYTES))) {
      lives.uploadUntil(central, stored, () -> flood(lives.programs().port(), central));
      assertThat(central.strays()).anyMatch(text -> text.contains("OutOfMemoryError"));
      lives.ended(central);
      return lives.end();
    }
  }

  private static void flood(int port, Running central) {
    try (Crowd crowd = Crowd.of(CROWD, port)) {
      assertThat(central.exitCode()).as("with %s: %s", crowd, central).isEqualTo(EXIT);
    }
  }
}
