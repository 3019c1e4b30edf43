package loteria.checks.torture.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.runtime.ExitCode;

/**
 * The disk fills while the agencies upload, and is made larger: those that were refused come back
 * by themselves, and the draw is held. It may be the sealed file that has no room.
 */
record FullDisk() implements Case {
  private static final int PAGE_BYTES = 4096;

  /** The journal takes some six pages, the sealed file some more. */
  private static final int PAGES_MAX = 9;

  private static final int PAGES_ENOUGH = 200;

  @Override
  public Title title() {
    return Title.of("a disk that fills, and then grows", "12", Machine::mountsNothing);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int pages = new SplittableRandom(seed).nextInt(3, PAGES_MAX);
    try (Mounted disk = Mounted.inMemory(folder.resolve(Programs.DATA), (long) pages * PAGE_BYTES);
        Lives lives = Lives.in(folder)) {
      Running central = lives.programs().central(lives.agencies());
      lives.upload();
      List<Running> agencies = lives.startAgencies();
      central.await("store_bets", "fail");
      disk.remount("size=" + PAGES_ENOUGH * PAGE_BYTES);
      lives.assertWinners(agencies);
      central.terminate();
      central.assertExits(ExitCode.DONE);
      lives.ended(central);
      return lives.end();
    }
  }
}
