package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.MemoryGroup;
import loteria.checks.torture.peers.Crowd;

/** The machine has no memory left for the central, and the kernel kills it in its work. */
record KilledForMemory() implements Case {
  private static final long MORE_BYTES_MAX = 4 << 20;
  private static final int CROWD = 5000;
  private static final int STORED_MAX = 20;
  private static final int EXIT = 137;

  @Override
  public Title title() {
    return Title.of("the kernel's OOM killer", "35", MemoryGroup::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int stored = new SplittableRandom(seed).nextInt(1, STORED_MAX);
    try (Lives lives = Lives.in(folder)) {
      Running central = lives.start(Launch.by());
      try (MemoryGroup group = MemoryGroup.named("loteria-" + lives.programs().port())) {
        lives.uploadUntil(central, stored, () -> exhaust(lives, central, group));
      }
      lives.ended(central);
      return lives.end();
    }
  }

  private static void exhaust(Lives lives, Running central, MemoryGroup group) {
    try {
      group.hold(central.pid(), MORE_BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hold the central", e);
    }
    try (Crowd crowd = Crowd.of(CROWD, lives.programs().port())) {
      assertThat(central.exitCode()).as("with %s: %s", crowd, central).isEqualTo(EXIT);
    }
  }
}
