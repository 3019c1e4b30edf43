package loteria.checks.torture.kafka;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.CProgram;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.testing.Command;

/**
 * The power goes for all brokers at once while agencies upload. Their disks, one file system of
 * their own, are mounted again, and the brokers read what is left of their logs.
 *
 * @param flush false for the control, in which brokers leave the writing to the system
 */
record BrokersWithoutPower(boolean flush) implements Case {
  private static final long DISK_BYTES = 1L << 30;
  private static final int UPLOAD_MILLIS_MIN = 1_000;
  private static final int UPLOAD_MILLIS_MAX = 4_000;

  @Override
  public Title title() {
    return Title.of(
            "kafka: power loss of all brokers" + (flush ? "" : ", no flush"),
            "82",
            RealBrokers::unavailable,
            Machine::mountsNothing,
            CProgram::unavailable,
            () -> Machine.lacks("mkfs.ext4"))
        .asControlIf(!flush);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    try (Mounted disk =
            Mounted.onDisk(folder.resolve("brokers"), folder.resolve("disk"), "ext4", DISK_BYTES);
        SharedRound round =
            flush ? SharedRound.in(folder, 2) : SharedRound.withoutFlush(folder, 2)) {
      // The cluster's own files, which nobody syncs, were there long before.
      var _ = Command.of("sync", "-f", folder.resolve("brokers")).run().succeeded();
      TimeUnit.MILLISECONDS.sleep(
          new SplittableRandom(seed).nextInt(UPLOAD_MILLIS_MIN, UPLOAD_MILLIS_MAX));
      round.brokers().killAll(disk::losePower);
      round.centrals().forEach(Running::kill);
      disk.mountAgain();
      round.brokers().startAll();
      if (flush) {
        round.startAgain();
        round.awaitProgress();
        round.lottery().assertHolds();
      }
      return round.evidence();
    }
  }
}
