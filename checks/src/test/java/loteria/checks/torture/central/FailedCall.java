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
 * A write or a sync fails, and each one after it would succeed: the central halts at once, does not
 * touch the file again and answers nobody; the next one goes on.
 *
 * @param call "write" or "sync"
 * @param vanishes whether what was not synced is gone by the time of the next start
 */
record FailedCall(String name, String rows, String call, boolean vanishes) implements Case {
  /** After those of the start: the directory's, three times, and the header's. */
  private static final int FIRST = 5;

  private static final int LAST = 8;

  static FailedCall write() {
    return new FailedCall("EIO of a write", "11", "write", false);
  }

  static FailedCall syncWhoseBytesStay() {
    return new FailedCall("EIO of a sync, its bytes stay", "10", "sync", false);
  }

  static FailedCall syncWhoseBytesVanish() {
    return new FailedCall("EIO of a sync, its bytes vanish", "10", "sync", true);
  }

  @Override
  public Title title() {
    return Title.of(name, rows, TroubledDisk::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int when = new SplittableRandom(seed).nextInt(FIRST, LAST);
    Path calls = folder.resolve("trace");
    try (Lives lives = Lives.in(folder)) {
      TroubledDisk disk = TroubledDisk.under(lives.programs().data()).tracedIn(calls);
      Running central = lives.start(Launch.on(disk.with("%s %d EIO".formatted(call, when))));
      lives.live(central);
      central.assertExits(ExitCode.STORAGE_FAILED);
      assertThat(central.lines("ledger", "fail")).as(central.toString()).hasSize(1);
      Trace trace = Trace.of(calls, "journal");
      assertThat(trace.endsWithAFailure(0)).as("the failure is the last that is done").isTrue();
      if (vanishes) {
        trace.losePower(lives.programs().journal());
        lives.compare();
      }
      return lives.end();
    }
  }
}
