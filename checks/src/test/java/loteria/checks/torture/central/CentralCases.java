package loteria.checks.torture.central;

import java.util.List;
import loteria.checks.torture.evidence.Case;

/** What befalls the central's disk and its process. */
public final class CentralCases {
  private CentralCases() {}

  public static List<Case> all() {
    return List.of(
        Killed.atAByte(),
        Killed.atACall(),
        FailedCall.write(),
        FailedCall.syncWhoseBytesStay(),
        FailedCall.syncWhoseBytesVanish(),
        new LyingDisk(true),
        new LyingDisk(false),
        new NoRoom(),
        new FullDisk(),
        new PowerLoss("ext4", true, false),
        new PowerLoss("ext4", true, true),
        new PowerLoss("ext4", false, false),
        new PowerLoss("ext4", false, true),
        new PowerLoss("xfs", true, false),
        new PowerLoss("xfs", true, true),
        new PowerLoss("xfs", false, false),
        new PowerLoss("xfs", false, true),
        new RottenJournal(RottenJournal.Kind.MIDDLE),
        new RottenJournal(RottenJournal.Kind.LAST_BLOCK),
        new RottenJournal(RottenJournal.Kind.ZEROS),
        new RottenJournal(RottenJournal.Kind.FOREIGN),
        SlowDisk.always(),
        SlowDisk.once(),
        new ReadOnlyDisk(),
        new FewDescriptors(),
        new ClockJumps(),
        new Stopped(),
        new ToldToEnd(),
        new OutOfMemory(),
        new KilledForMemory());
  }
}
