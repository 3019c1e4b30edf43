package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import loteria.checks.process.Found;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.TroubledDisk;
import loteria.checks.torture.peers.Uploader;
import loteria.lottery.Refusal;

/**
 * A write is cut short at any byte, and the rest of it has no room; there is room again for the
 * next one. The central takes back what was written, refuses, and goes on.
 */
record NoRoom() implements Case {
  /** After the header; before what the journal takes with all bets. */
  private static final int FIRST = 17;

  private static final int LAST = 18_000;
  private static final int SESSIONS_MAX = 3;

  @Override
  public Title title() {
    return Title.of("ENOSPC after any byte of any write, once", "12", TroubledDisk::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    int bytes = new SplittableRandom(seed).nextInt(FIRST, LAST);
    try (Lives lives = Lives.in(folder)) {
      TroubledDisk disk = TroubledDisk.under(lives.programs().data());
      Running central = lives.start(Launch.on(disk.with("byte %d ENOSPC".formatted(bytes))));
      assertThat(central.awaitOrEnd("listen", "success")).isTrue();
      lives.upload();
      assertThat(lives.uploaders())
          .as("agencies that are refused, at byte %d", bytes)
          .anySatisfy(uploader -> assertThat(uploader.refusal()).contains(Refusal.STORAGE_FULL));
      assertThat(central.lines("store_bets", "fail")).as(central.toString()).hasSize(1);
      assertThat(Found.in(lives.programs().journal()).total())
          .as("taken back, and not more")
          .isGreaterThanOrEqualTo(lives.acked());
      for (int session = 1; session < SESSIONS_MAX; session++) {
        lives.upload();
      }
      assertThat(lives.uploaders()).allMatch(Uploader::hasFinished);
      lives.live(central);
      return lives.end();
    }
  }
}
