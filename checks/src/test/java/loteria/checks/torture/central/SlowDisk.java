package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import loteria.checks.process.Line;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.TroubledDisk;
import loteria.checks.torture.peers.Uploader;

/**
 * Syncs take long, and the heap is small: the central is slower, and nothing else.
 *
 * @param trouble of the disk
 * @param pings how many heartbeats each agency must have heard meanwhile
 */
record SlowDisk(String name, String trouble, int pings) implements Case {
  private static final int HEAP_MEGABYTES = 24;

  static SlowDisk always() {
    return new SlowDisk("every sync takes 300 ms", "sync 0 300", 0);
  }

  /**
   * An early sync of bets, after those of the start: of the directory, the files in it, and the
   * header.
   */
  static SlowDisk once() {
    return new SlowDisk("a sync takes longer than a heartbeat", "sync 7 6500", 1);
  }

  @Override
  public Title title() {
    return Title.of(name, "14", TroubledDisk::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Lives lives = Lives.in(folder)) {
      TroubledDisk disk = TroubledDisk.under(lives.programs().data()).with(trouble);
      Running central = lives.start(Launch.withHeapOf(HEAP_MEGABYTES).andOn(disk));
      lives.live(central);
      assertThat(lives.uploaders())
          .allMatch(Uploader::hasFinished)
          .allSatisfy(uploader -> assertThat(uploader.pings()).isGreaterThanOrEqualTo(pings));
      assertThat(central.lines()).as(central.toString()).noneMatch(Line::fails);
      return lives.end();
    }
  }
}
