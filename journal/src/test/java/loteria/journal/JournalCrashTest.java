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

  @Test
  void findsWhatItAcknowledgedWhicheverCallThePowerIsLostAt() {
    int calls = callsOfOneLife();
    for (int call = 1; call <= calls; call++) {
      int lost = call;
      forEachSeed(
          25,
          seed -> {
            FaultyStorage disk = new FaultyStorage(seed);
            losePowerOnce(disk, new ManyLives(disk, new Random(seed)), lost, seed);
          });
    }
  }

  @Test
  void findsWhatItAcknowledgedThroughManyLives() {
    AtomicInteger acknowledged = new AtomicInteger();
    forEachSeed(
        150,
        seed -> {
          FaultyStorage disk = new FaultyStorage(seed);
          acknowledged.addAndGet(liveManyLives(disk, new ManyLives(disk, new Random(seed))));
        });
    assertThat(acknowledged).as("records acknowledged in all runs").hasValueGreaterThan(1000);
  }

  @Test
  void findsWhatItAcknowledgedWhicheverCallThePowerIsLostAtWithZerosAhead() {
    FaultyStorage whole = new FaultyStorage(0);
    new ManyLives(whole, new Random(0), ZEROS).live(APPENDS);
    int calls = whole.calls();
    assertThat(calls).as("calls, those for zeros too").isGreaterThan(callsOfOneLife());
    for (int call = 1; call <= calls; call++) {
      int lost = call;
      forEachSeed(
          25,
          seed -> {
            FaultyStorage disk = new FaultyStorage(seed);
            losePowerOnce(disk, new ManyLives(disk, new Random(seed), ZEROS), lost, seed);
          });
    }
  }

  @Test
  void findsWhatItAcknowledgedThroughManyLivesWithZerosAhead() {
    AtomicInteger acknowledged = new AtomicInteger();
    forEachSeed(
        150,
        seed -> {
          FaultyStorage disk = new FaultyStorage(seed);
          acknowledged.addAndGet(liveManyLives(disk, new ManyLives(disk, new Random(seed), ZEROS)));
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

  private static int callsOfOneLife() {
    FaultyStorage disk = new FaultyStorage(0);
    new ManyLives(disk, new Random(0)).live(APPENDS);
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
