package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.checks.torture.machine.Trace;
import loteria.checks.torture.machine.TroubledDisk;
import loteria.checks.torture.peers.Uploader;
import loteria.lottery.Refusal;
import loteria.runtime.ExitCode;

/** What befalls the central's disk. */
public final class DiskCases {
  private static final int STORED_MAX = 80;

  private DiskCases() {}

  public static List<Case> all() {
    return List.of(
        killed(
            "kill -9 after any byte of any write",
            "1, 5, 45",
            random -> "byte %d killed".formatted(random.nextInt(20_000))),
        killed("kill -9 before any write, at any sync", "2, 45", DiskCases::anyCall),
        failedCall("EIO of a write", "11", "write", false),
        failedCall("EIO of a sync, its bytes stay", "10", "sync", false),
        failedCall("EIO of a sync, its bytes vanish", "10", "sync", true),
        lyingDisk(true),
        lyingDisk(false),
        noRoom(),
        fullDisk(),
        powerLoss("ext4", true, false),
        powerLoss("ext4", true, true),
        powerLoss("ext4", false, false),
        powerLoss("ext4", false, true),
        powerLoss("xfs", true, false),
        powerLoss("xfs", true, true),
        powerLoss("xfs", false, false),
        powerLoss("xfs", false, true),
        slowDisk("every sync takes 300 ms", "sync 0 300", 0),
        // An early sync of bets, after those of the start: the directory, its files, the header.
        slowDisk("a sync takes longer than a heartbeat", "sync 7 6500", 1),
        readOnlyDisk());
  }

  /**
   * The central is killed with -9 somewhere in what it does to its files, and the next one too, and
   * so on, all at the same port; their writes are short ones.
   */
  private static Case killed(String name, String rows, Function<SplittableRandom, String> trouble) {
    return Lives.named(
        name,
        rows,
        (lives, random) -> {
          TroubledDisk disk = lives.disk().withShortWrites(random.nextInt(Integer.MAX_VALUE));
          for (int life = 0; life < 4; life++) {
            lives.live(lives.start(Launch.on(disk.with(trouble.apply(random)))));
          }
        },
        TroubledDisk::unavailable);
  }

  private static String anyCall(SplittableRandom random) {
    int call = random.nextInt(1, 25);
    return switch (random.nextInt(3)) {
      case 0 -> "write %d killed".formatted(call);
      case 1 -> "sync %d killed".formatted(call);
      default -> "sync %d done".formatted(call);
    };
  }

  /**
   * A write or a sync fails, and each one after it would succeed: the central halts at once, does
   * not touch the file again and answers nobody; the next one goes on.
   *
   * @param call "write" or "sync"
   * @param vanishes whether what was not synced is gone by the time of the next start
   */
  private static Case failedCall(String name, String rows, String call, boolean vanishes) {
    return Lives.named(
        name,
        rows,
        (lives, random) -> {
          // After those of the start: the directory's, three times, and the header's.
          int when = random.nextInt(5, 8);
          TroubledDisk disk = lives.tracedDisk();
          Running central = lives.start(Launch.on(disk.with("%s %d EIO".formatted(call, when))));
          lives.live(central);
          central.assertExits(ExitCode.STORAGE_FAILED);
          assertThat(central.lines("ledger", "fail")).as(central.toString()).hasSize(1);
          Trace trace = lives.trace();
          assertThat(trace.endsWithAFailure(0)).as("the failure is the last that is done").isTrue();
          if (vanishes) {
            trace.losePower(lives.journal());
            lives.compare();
          }
        },
        TroubledDisk::unavailable);
  }

  /**
   * A sync fails, the page cache goes on to show what the disk never gets, and the next central
   * tells the agencies what it finds; then the power is lost. What was written before the failed
   * sync is on the disk only if that central wrote it again and synced.
   *
   * @param rewrites false for the control, in which its writing again is taken away
   */
  private static Case lyingDisk(boolean rewrites) {
    return Lives.named(
            "a failed sync, a lying cache, power loss" + (rewrites ? "" : ", no rewrite"),
            "10",
            (lives, random) -> {
              TroubledDisk disk = lives.tracedDisk();
              // After those of the start, or nobody would be told of a block.
              String failure = "sync %d EIO".formatted(random.nextInt(5, 7));
              Running failed = lives.start(Launch.on(disk.with(failure)));
              lives.live(failed);
              failed.assertExits(ExitCode.STORAGE_FAILED);
              long ackedBefore = lives.acked();

              // Killed before it has stored anything new: after it has told both what it found.
              Running again = lives.start(Launch.on(disk.with("write 2 killed")));
              again.await("listen", "success");
              lives.uploadFirst(0);
              lives.live(again);
              again.assertExits(137);
              assertThat(lives.acked()).as("told of the block").isGreaterThan(ackedBefore);

              Trace trace = lives.trace();
              (rewrites ? trace : trace.withoutRewriting()).losePower(lives.journal());
              lives.compare();
            },
            TroubledDisk::unavailable)
        .asControlIf(!rewrites);
  }

  /**
   * A write is cut short at any byte, and the rest of it has no room; there is room again for the
   * next one. The central takes back what was written, refuses, and goes on.
   */
  private static Case noRoom() {
    return Lives.named(
        "ENOSPC after any byte of any write, once",
        "12",
        (lives, random) -> {
          // After the header; before what the journal takes with all bets.
          int bytes = random.nextInt(17, 18_000);
          Running central =
              lives.start(Launch.on(lives.disk().with("byte %d ENOSPC".formatted(bytes))));
          assertThat(central.awaitOrEnd("listen", "success")).isTrue();
          lives.upload();
          assertThat(lives.uploaders())
              .as("agencies that are refused, at byte %d", bytes)
              .anySatisfy(
                  uploader -> assertThat(uploader.refusal()).contains(Refusal.STORAGE_FULL));
          central.await("store_bets", "fail");
          assertThat(central.lines("store_bets", "fail")).as(central.toString()).hasSize(1);
          assertThat(Found.in(lives.journal()).total())
              .as("taken back, and not more")
              .isGreaterThanOrEqualTo(lives.acked());
          lives.upload();
          lives.upload();
          assertThat(lives.uploaders()).allMatch(Uploader::hasFinished);
          lives.live(central);
        },
        TroubledDisk::unavailable);
  }

  /**
   * The disk fills while the agencies upload, and is made larger: those that were refused come back
   * by themselves, and the draw is held. It may be the sealed file that has no room.
   */
  private static Case fullDisk() {
    return Case.of(
        "a disk that fills, and then grows",
        "12",
        (folder, random) -> {
          // The journal takes some six pages, the sealed file some more.
          long bytes = random.nextInt(3, 9) * 4096L;
          try (Mounted disk = Mounted.inMemory(folder.resolve(Programs.DATA), bytes);
              Lives lives = Lives.in(folder)) {
            Running central = lives.central();
            lives.upload();
            List<Running> agencies = lives.startAgencies();
            central.await("store_bets", "fail");
            disk.remount("size=" + 200 * 4096);
            lives.assertWinners(agencies);
            central.terminate();
            central.assertExits(ExitCode.DONE);
            lives.ended(central);
            return lives.end();
          }
        },
        Machine::mountsNothing);
  }

  /**
   * The power goes while the agencies upload to a central on a file system of its own, which is
   * then mounted again.
   *
   * <p>It goes for the central first, and then for the disk: ext4 tells a sync that is under way at
   * its shutdown now and then that all went well, and a program that runs on would believe it.
   *
   * @param kind of the file system
   * @param syncs false for the control, in which syncs are taken away
   * @param early whether it goes right after the first answer, or any time later
   */
  private static Case powerLoss(String kind, boolean syncs, boolean early) {
    return Case.of(
            "power loss on %s%s%s"
                .formatted(kind, early ? " after an answer" : "", syncs ? "" : ", no syncs"),
            early ? "4" : "3",
            (folder, random) -> {
              Path data = folder.resolve(Programs.DATA);
              long bytes = 320L << 20; // what xfs asks for
              try (Mounted disk = Mounted.onDisk(data, folder.resolve("disk"), kind, bytes);
                  Lives lives = Lives.in(folder)) {
                TroubledDisk honest = lives.disk();
                Running central = lives.start(Launch.on(syncs ? honest : honest.withLyingSyncs()));
                lives.uploadUntil(
                    central,
                    early ? 1 : random.nextInt(1, STORED_MAX),
                    () -> {
                      central.stop();
                      disk.losePower();
                      central.kill();
                    });
                disk.mountAgain();
                lives.ended(central);
                return syncs ? lives.end() : lives.evidence();
              }
            },
            Machine::mountsNothing,
            TroubledDisk::unavailable,
            () -> Machine.lacks("mkfs." + kind))
        .asControlIf(!syncs);
  }

  /**
   * Syncs take long, and the heap is small: the central is slower, and nothing else.
   *
   * @param trouble of the disk
   * @param pings how many heartbeats each agency must have heard meanwhile
   */
  private static Case slowDisk(String name, String trouble, int pings) {
    return Lives.named(
        name,
        "14",
        (lives, _) -> {
          Launch small = Launch.withHeapOf(24);
          Running central = lives.start(small.andOn(lives.disk().with(trouble)));
          lives.live(central);
          assertThat(lives.uploaders())
              .allMatch(Uploader::hasFinished)
              .allSatisfy(uploader -> assertThat(uploader.pings()).isGreaterThanOrEqualTo(pings));
          assertThat(central.lines()).as(central.toString()).noneMatch(Line::fails);
        },
        TroubledDisk::unavailable);
  }

  /** The data directory can only be read: the central says so and does not start, until it can. */
  private static Case readOnlyDisk() {
    return Case.of(
        "a disk that is mounted to read alone",
        "15",
        (folder, random) -> {
          try (Mounted disk = Mounted.inMemory(folder.resolve(Programs.DATA), 4 << 20);
              Lives lives = Lives.in(folder)) {
            Running central = lives.central();
            lives.uploadUntil(central, random.nextInt(1, STORED_MAX), central::kill);
            lives.ended(central);
            byte[] journal = Files.readAllBytes(lives.journal());

            disk.remount("ro");
            Running refusing = lives.programs().startCentral(lives.agencies());
            refusing.assertExits(ExitCode.BAD_CONFIGURATION);
            assertThat(refusing.only("config", "fail").value("error"))
                .contains("--data-directory", lives.programs().data().toString());
            disk.remount("rw");
            assertThat(lives.journal()).hasBinaryContent(journal);
            return lives.end();
          }
        },
        Machine::mountsNothing);
  }
}
