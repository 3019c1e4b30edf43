package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.runtime.ExitCode;

/** The data directory can only be read: the central says so and does not start, until it can. */
record ReadOnlyDisk() implements Case {
  private static final long DISK_BYTES = 4 << 20;
  private static final int STORED_MAX = 80;

  @Override
  public Title title() {
    return Title.of("a disk that is mounted to read alone", "15", Machine::mountsNothing);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Mounted disk = Mounted.inMemory(folder.resolve(Programs.DATA), DISK_BYTES);
        Lives lives = Lives.in(folder)) {
      Running central = lives.programs().central(lives.agencies());
      int stored = new SplittableRandom(seed).nextInt(1, STORED_MAX);
      lives.uploadUntil(central, stored, central::kill);
      lives.ended(central);
      byte[] journal = Files.readAllBytes(lives.programs().journal());

      disk.remount("ro");
      Running refusing = lives.programs().startCentral(lives.agencies());
      refusing.assertExits(ExitCode.BAD_CONFIGURATION);
      assertThat(refusing.only("config", "fail").value("error"))
          .contains("--data-directory", lives.programs().data().toString());
      disk.remount("rw");
      assertThat(lives.programs().journal()).hasBinaryContent(journal);
      return lives.end();
    }
  }
}
