package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.CapturedLog;
import loteria.server.SampleBets;
import loteria.server.operator.Answer;
import loteria.server.seal.BrokenSealException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole lottery whose central crashes in every call of its disk, and starts again until all
 * agencies have their winners, but the last, which does not finish and is closed.
 */
class LedgerCrashTest {
  private static final List<Integer> BETS = List.of(11, 5, 0, 7);
  private static final int CLOSED = 4;

  /** What kind of end the central comes to. */
  private enum Crash {
    POWER_LOSS,
    KILL,
    FAILURE
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsWhatItAcknowledgedWhereverThePowerGoes(long seed) throws IOException {
    crashInEveryCall(seed, Crash.POWER_LOSS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsWhatItAcknowledgedWhereverItIsKilled(long seed) throws IOException {
    crashInEveryCall(seed, Crash.KILL);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsWhatItAcknowledgedWhicheverCallFails(long seed) throws IOException {
    crashInEveryCall(seed, Crash.FAILURE);
  }

  /** For what a disk keeps of what was not synced. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 6);
  }

  private static void crashInEveryCall(long seed, Crash crash) throws IOException {
    int call = 1;
    while (crashes(new FaultyDisk(seed), call, crash)) {
      call++;
    }
    assertThat(call).as("calls of a whole lottery").isGreaterThan(25);
  }

  @Test
  void losesWhatItAcknowledgedOnADiskThatDoesNotSync() throws IOException {
    int losses = 0;
    boolean crashed = true;
    for (int call = 1; crashed; call++) {
      try {
        crashed = crashes(new FaultyDisk(call).withoutSyncs(), call, Crash.POWER_LOSS);
      } catch (AssertionError | IOException lost) {
        losses += lost.toString().contains("acked ⊆ found") ? 1 : 0;
      }
    }
    assertThat(losses).as("runs in which the loss shows").isPositive();
  }

  /** Whether the lottery was over before that call. */
  private static boolean crashes(FaultyDisk disk, int call, Crash crash) throws IOException {
    Run run = new Run(disk);
    try {
      switch (crash) {
        case POWER_LOSS, KILL -> disk.losePowerAtCall(call);
        case FAILURE -> disk.failAtCall(call);
      }
      if (run.live()) {
        run.checkEnd();
        return false;
      }
      if (crash == Crash.POWER_LOSS) {
        disk.restartAfterPowerLoss();
      } else {
        disk.restart();
      }
      run.checkJournal();
      // The next life may be short, too; what a failed sync has left is then lost for good.
      disk.losePowerAtCall(1 + disk.random().nextInt(40));
      while (!run.live()) {
        disk.restartAfterPowerLoss();
        run.checkJournal();
      }
      run.checkEnd();
      return true;
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError("%s in call %d: %s".formatted(crash, call, failed), failed);
    }
  }

  /** One lottery, over all the lives of its central. */
  private static final class Run {
    private final FaultyDisk disk;
    private final CapturedLog log = new CapturedLog();
    private final List<CrashingAgency> agencies = new ArrayList<>();
    private boolean drawFound;
    private boolean closingAnswered;

    Run(FaultyDisk disk) {
      this.disk = disk;
      for (int i = 0; i < BETS.size(); i++) {
        List<Bet> file = SampleBets.file(i + 1, BETS.get(i));
        agencies.add(new CrashingAgency(i + 1, file, i + 1 != CLOSED));
      }
    }

    /** One life of the central; false if it ended in a crash. */
    boolean live() {
      agencies.forEach(agency -> agency.reconnect(null));
      try {
        TestLedger ledger = TestLedger.open(disk, BETS.size(), Draw.NUMBER, log);
        agencies.forEach(agency -> agency.reconnect(ledger));
        while (!agencies.stream().allMatch(CrashingAgency::isDone)) {
          boolean spoken = false;
          for (CrashingAgency agency : agencies) {
            spoken |= agency.speak();
          }
          if (!spoken) {
            assertThat(closingAnswered).as("they wait for nothing").isFalse();
            ledger.close(this::told, CLOSED);
          }
          ledger.turn();
          agencies.forEach(CrashingAgency::listen);
        }
        disk.restart();
        return true;
      } catch (FaultyDisk.PowerLoss | IOException crash) {
        assertThat(crash).isNotInstanceOf(BrokenSealException.class);
        agencies.forEach(CrashingAgency::listen);
        return false;
      }
    }

    private void told(Answer answer) {
      assertThat(answer)
          .isInstanceOfSatisfying(Answer.Closed.class, done -> assertThat(done.awaited()).isZero());
      disk.requireSynced();
      closingAnswered = true;
    }

    void checkJournal() throws IOException {
      Map<Integer, String> found = new HashMap<>();
      Map<Integer, Message.Finish> finishes = new HashMap<>();
      List<Message.Closed> closed = new ArrayList<>();
      Journal.inspect(
          disk.open(DataDirectory.JOURNAL),
          (_, record) -> {
            if (FrameReader.decode(record) instanceof FrameReader.Whole whole) {
              switch (whole.decode()) {
                case Message.Batch batch -> add(batch, found);
                case Message.Finish finish ->
                    assertThat(finishes.put(finish.agency(), finish)).isNull();
                case Message.Closed entry -> closed.add(entry);
                case Message.Sealed(Seal seal, _) ->
                    assertThat(seal.closed()).containsExactly(CLOSED).hasSameSizeAs(closed);
                case Message.Drawn _ -> drawFound = true;
                default -> {}
              }
            }
          });
      for (int agency = 1; agency <= agencies.size(); agency++) {
        agencies
            .get(agency - 1)
            .check(found.getOrDefault(agency, ""), finishes.containsKey(agency));
      }
      assertThat(closed.size()).as("closed once").isLessThanOrEqualTo(1);
      assertThat(!closed.isEmpty() || !closingAnswered).as("acked ⊆ found: a closing").isTrue();
      assertThat(drawFound || drawLines() == 0).as("the draw is journalled, then said").isTrue();
    }

    private static void add(Message.Batch batch, Map<Integer, String> found) {
      ByteBuffer rows = ByteBuffer.allocate(batch.rows().length());
      batch.rows().putInto(rows);
      found.merge(batch.agency(), new String(rows.array(), StandardCharsets.UTF_8), String::concat);
    }

    private int drawLines() {
      return log.with("action: sorteo", "result: success").size();
    }

    void checkEnd() throws IOException {
      boolean foundBeforeTheEnd = drawFound;
      checkJournal();
      assertThat(drawFound).isTrue();
      assertThat(drawLines() == 1 || (drawLines() == 0 && foundBeforeTheEnd))
          .as("the draw is said once, unless a crash took the word")
          .isTrue();
      List<Bet> all = agencies.stream().flatMap(agency -> agency.file().stream()).toList();
      assertThat(new String(disk.bytes(DataDirectory.BETS), StandardCharsets.UTF_8))
          .isEqualTo(SampleBets.csv(all));
      for (CrashingAgency agency : agencies.subList(0, CLOSED - 1)) {
        assertThat(Objects.requireNonNull(agency.winners()))
            .isEqualTo(SampleBets.winners(agency.file()));
      }
    }
  }
}
