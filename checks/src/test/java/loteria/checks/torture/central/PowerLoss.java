package loteria.checks.torture.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.checks.torture.machine.TroubledDisk;

/**
 * The power goes while the agencies upload to a central on a file system of its own, which is then
 * mounted again.
 *
 * <p>It goes for the central first, and then for the disk: ext4 tells a sync that is under way at
 * its shutdown now and then that all went well, and a program that runs on would believe it.
 *
 * @param kind of the file system
 * @param syncs false for the control, in which syncs are taken away
 * @param early whether it goes right after the first answer, or any time later
 */
record PowerLoss(String kind, boolean syncs, boolean early) implements Case {
  private static final int STORED_MAX = 80;

  /** What xfs asks for. */
  private static final long DISK_BYTES = 320L << 20;

  @Override
  public Title title() {
    return Title.of(
            "power loss on %s%s%s"
                .formatted(kind, early ? " after an answer" : "", syncs ? "" : ", no syncs"),
            early ? "4" : "3",
            Machine::mountsNothing,
            TroubledDisk::unavailable,
            () -> Machine.lacks("mkfs." + kind))
        .asControlIf(!syncs);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    Path data = folder.resolve(Programs.DATA);
    try (Mounted disk = Mounted.onDisk(data, folder.resolve("disk"), kind, DISK_BYTES);
        Lives lives = Lives.in(folder)) {
      TroubledDisk honest = TroubledDisk.under(data);
      Running central = lives.start(Launch.on(syncs ? honest : honest.withLyingSyncs()));
      int stored = early ? 1 : new SplittableRandom(seed).nextInt(1, STORED_MAX);
      lives.uploadUntil(
          central,
          stored,
          () -> {
            central.stop();
            disk.losePower();
            central.kill();
          });
      disk.mountAgain();
      lives.ended(central);
      return syncs ? lives.end() : lives.evidence();
    }
  }
}
