package loteria.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was acknowledged is found, in order and once; what was not is found whole or not at all. */
final class JournalCrashTest {
  private static final int APPENDS = 3;

  /** Zeros from the first block on, in small steps, by the thread that appends. */
  private static final ZerosAhead ZEROS = new ZerosAhead(Runnable::run, 0, 40, 3000);

  private interface Lives {
    ManyLives of(FaultyStorage disk, Random random);
  }

  private static ManyLives withZerosAhead(FaultyStorage disk, Random random) {
    return new ManyLives(disk, random, ZEROS);
  }

  @Test
  void findsWhatItAcknowledgedWhicheverCallThePowerIsLostAt() {
    losePowerAtEachCall(callsOfOneLife(ManyLives::new), ManyLives::new);
  }

  @Test
  void findsWhatItAcknowledgedThroughManyLives() {
    liveManyLives(ManyLives::new);
  }

  @Test
  void findsWhatItAcknowledgedWhicheverCallThePowerIsLostAtWithZerosAhead() {
    int calls = callsOfOneLife(JournalCrashTest::withZerosAhead);
    assertThat(calls)
        .as("calls, those for zeros too")
        .isGreaterThan(callsOfOneLife(ManyLives::new));
    losePowerAtEachCall(calls, JournalCrashTest::withZerosAhead);
  }

  @Test
  void findsWhatItAcknowledgedThroughManyLivesWithZerosAhead() {
    liveManyLives(JournalCrashTest::withZerosAhead);
  }

  private static void losePowerAtEachCall(int calls, Lives lives) {
    for (int call = 1; call <= calls; call++) {
      int lost = call;
      forEachSeed(
          25,
          seed -> {
            FaultyStorage disk = new FaultyStorage(seed);
            losePowerOnce(disk, lives.of(disk, new Random(seed)), lost, seed);
          });
    }
  }

  private static void liveManyLives(Lives lives) {
    AtomicInteger acknowledged = new AtomicInteger();
    forEachSeed(
        150,
        seed -> {
          FaultyStorage disk = new FaultyStorage(seed);
          acknowledged.addAndGet(liveManyLives(disk, lives.of(disk, new Random(seed))));
        });
    assertThat(acknowledged).as("records acknowledged in all runs").hasValueGreaterThan(1000);
  }

  /** The control: if the runs above did not depend on the sync, they would prove nothing. */
  @Test
  void losesWhatItAcknowledgedOnADiskThatDoesNotSync() throws IOException {
    assertThat(lostWithoutSyncs(new ZerosAhead(Runnable::run, Integer.MAX_VALUE, 1, 1)))
        .as("runs that lost an acknowledged record")
        .isPositive();
    assertThat(lostWithoutSyncs(ZEROS)).as("the same with zeros ahead").isPositive();
  }

  private static int lostWithoutSyncs(ZerosAhead ahead) throws IOException {
    int lost = 0;
    for (long seed = 0; seed < 25; seed++) {
      FaultyStorage disk = new FaultyStorage(seed).withoutSyncs();
      ManyLives lives = new ManyLives(disk, new Random(seed), ahead);
      lives.liveUndisturbed(APPENDS);
      disk.restartAfterPowerLoss();
      try {
        lives.liveUndisturbed(0);
      } catch (AssertionError | ForeignFileException | DamagedJournalException expected) {
        lost++;
      }
    }
    return lost;
  }

  private static void losePowerOnce(FaultyStorage disk, ManyLives lives, int call, long seed)
      throws IOException {
    disk.losePowerAtCall(call);
    lives.live(APPENDS);
    disk.restartAfterPowerLoss();
    disk.losePowerAtCall(1 + (int) seed % 10);
    lives.live(0);
    disk.restartAfterPowerLoss();
    lives.liveUndisturbed(1);
    disk.restartAfterPowerLoss();
    lives.liveUndisturbed(0);
  }

  private static int callsOfOneLife(Lives lives) {
    FaultyStorage disk = new FaultyStorage(0);
    lives.of(disk, new Random(0)).live(APPENDS);
    return disk.calls();
  }

  private static int liveManyLives(FaultyStorage disk, ManyLives lives) throws IOException {
    for (int life = 0; life < 8; life++) {
      lives.threaten();
      lives.live(5);
      lives.rest();
    }
    lives.liveUndisturbed(1);
    disk.restartAfterPowerLoss();
    lives.liveUndisturbed(0);
    return lives.acknowledged();
  }

  private static void forEachSeed(int seeds, Run run) {
    for (long seed = 0; seed < seeds; seed++) {
      try {
        run.with(seed);
      } catch (IOException | RuntimeException | AssertionError failure) {
        throw new AssertionError("with seed " + seed, failure);
      }
    }
  }

  @FunctionalInterface
  private interface Run {
    void with(long seed) throws IOException;
  }
}
