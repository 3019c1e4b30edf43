package loteria.checks.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.runtime.ExitCode;

/**
 * A sync fails, the page cache goes on to show what the disk never gets, and the next central tells
 * the agencies what it finds; then the power is lost. What was written before the failed sync is on
 * the disk only if that central wrote it again and synced.
 *
 * @param rewrites false for the control, in which its writing again is taken away
 */
record LyingDisk(boolean rewrites) implements Case {
  private static final int FIRST = 4;
  private static final int LAST = 7;

  @Override
  public String name() {
    return "a failed sync, a lying cache, power loss" + (rewrites ? "" : ", no rewrite");
  }

  @Override
  public String rows() {
    return "10";
  }

  @Override
  public Optional<String> unavailable() {
    return TroubledDisk.unavailable();
  }

  @Override
  public boolean isControl() {
    return !rewrites;
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int when = new SplittableRandom(seed).nextInt(FIRST, LAST);
    Path calls = folder.resolve("trace");
    try (Lives lives = Lives.in(folder)) {
      TroubledDisk disk = TroubledDisk.under(lives.programs().data()).tracedIn(calls);
      Running failed = lives.start(Launch.on(disk.with("sync %d EIO".formatted(when))));
      lives.live(failed);
      failed.assertExits(ExitCode.STORAGE_FAILED);
      long ackedBefore = lives.acked();

      // Killed before it has stored anything new: after it has told what it found.
      Running again = lives.start(Launch.on(disk.with("write 2 killed")));
      lives.live(again);
      assertThat(again.exitCode()).isEqualTo(137);
      assertThat(lives.acked()).as("told of the block").isGreaterThan(ackedBefore);
      Trace trace = Trace.of(calls, "journal");
      (rewrites ? trace : trace.withoutRewriting()).losePower(lives.programs().journal());
      lives.compare();
      return lives.end();
    }
  }
}
