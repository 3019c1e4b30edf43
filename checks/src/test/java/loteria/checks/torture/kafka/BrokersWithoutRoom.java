package loteria.checks.torture.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.runtime.ExitCode;

/**
 * The disk of some brokers fills while agencies upload, and has room again later. Without one of
 * three brokers all goes on; without all of them nobody is told anything, until they are back.
 *
 * @param brokers how many of them share the disk that fills
 */
record BrokersWithoutRoom(int brokers) implements Case {
  private static final long DISK_BYTES = 256 << 20;
  private static final int UPLOAD_MILLIS_MAX = 2_000;

  /** A central gives up half a minute after its first commit that nobody answers. */
  private static final Duration NOTICED_MAX = Duration.ofSeconds(90);

  @Override
  public Title title() {
    return Title.of(
        "kafka: full disk of " + (brokers == 1 ? "one broker" : "all brokers"),
        "83",
        RealBrokers::unavailable,
        Machine::mountsNothing);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    try (Mounted disk = Mounted.inMemory(folder.resolve("disk"), DISK_BYTES);
        SharedRound round = SharedRound.in(folder, 2)) {
      for (int broker = 1; broker <= brokers; broker++) {
        round.brokers().move(broker, disk.at().resolve("broker-" + broker));
      }
      round.awaitProgress();
      TimeUnit.MILLISECONDS.sleep(new SplittableRandom(seed).nextInt(UPLOAD_MILLIS_MAX));

      Path junk = disk.at().resolve("junk");
      fill(junk);
      if (brokers == RealBrokers.COUNT) {
        assertHalt(round);
      } else {
        assertEnd(round);
        round.awaitProgress();
      }

      Files.delete(junk);
      for (int broker = 1; broker <= brokers; broker++) {
        round.brokers().kill(broker);
      }
      round.brokers().startAll();
      round.startAgain();
      round.awaitProgress();
      round.lottery().assertHolds();
      return round.evidence();
    }
  }

  private static void fill(Path junk) throws IOException {
    byte[] some = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(junk)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** A broker that cannot write ends. */
  private void assertEnd(SharedRound round) {
    await("the end of the brokers without room")
        .atMost(NOTICED_MAX)
        .until(() -> IntStream.rangeClosed(1, brokers).noneMatch(round.brokers()::runs));
  }

  private static void assertHalt(SharedRound round) {
    await("the end of the centrals, which are in doubt")
        .atMost(NOTICED_MAX)
        .until(() -> round.centrals().stream().noneMatch(Running::isAlive));
    assertThat(round.centrals()).allMatch(central -> central.exitCode() == ExitCode.STORAGE_FAILED);
  }
}
