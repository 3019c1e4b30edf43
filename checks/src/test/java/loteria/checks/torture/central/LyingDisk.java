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
import loteria.checks.torture.machine.Trace;
import loteria.checks.torture.machine.TroubledDisk;
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
  public Title title() {
    return Title.of(
            "a failed sync, a lying cache, power loss" + (rewrites ? "" : ", no rewrite"),
            "10",
            TroubledDisk::unavailable)
        .asControlIf(!rewrites);
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
