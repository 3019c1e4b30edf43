package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import loteria.protocol.Message;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.FaultyDisk;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Two agencies that speak to the central and its draw room at once, each by a thread of its own:
 * whatever they hear could have been heard if the central had done one request after the other. So
 * there are no winners before the last finish, and no agency waits after it.
 */
public class LoopModelTest {
  private static final int SCENARIOS = 8;
  private static final int INVOCATIONS = 25;
  private static final int STEPS = 4;
  private static final int BETS = 2;

  @Test
  void answersAsIfItDidOneRequestAfterTheOther() {
    options().check(LoopModel.class);
  }

  @Test
  void aFinishThatIsAnsweredBeforeItIsKeptWouldBeFound() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options().check(EarlyModel.class))
        .withMessageContaining("Invalid execution results");
  }

  private static StressOptions options() {
    return new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(INVOCATIONS)
        .threads(2)
        .actorsBefore(3)
        .actorsPerThread(STEPS)
        .actorsAfter(3)
        .minimizeFailedScenario(false)
        .sequentialSpecification(SequentialModel.class);
  }

  /** What two agencies say, each of a file of two bets. */
  @Param(name = "bet", gen = IntGen.class, conf = "0:1")
  public abstract static class Model {
    abstract String store(int agency, int bet);

    abstract String finish(int agency);

    abstract String ask(int agency);

    @Operation(nonParallelGroup = "first")
    public String firstStores(@Param(name = "bet") int bet) {
      return store(1, bet);
    }

    @Operation(nonParallelGroup = "first")
    public String firstFinishes() {
      return finish(1);
    }

    @Operation(nonParallelGroup = "first")
    public String firstAsks() {
      return ask(1);
    }

    @Operation(nonParallelGroup = "second")
    public String secondStores(@Param(name = "bet") int bet) {
      return store(2, bet);
    }

    @Operation(nonParallelGroup = "second")
    public String secondFinishes() {
      return finish(2);
    }

    @Operation(nonParallelGroup = "second")
    public String secondAsks() {
      return ask(2);
    }
  }

  /** The rules by themselves, said once more. */
  public static final class SequentialModel extends Model {
    private final int[] next = new int[3];
    private final boolean[] finished = new boolean[3];

    @Override
    String store(int agency, int bet) {
      if (bet < next[agency]) {
        return "stored " + next[agency];
      }
      if (finished[agency]) {
        return "CLOSED";
      }
      if (bet > next[agency]) {
        return "GAP";
      }
      next[agency]++;
      return "stored " + next[agency];
    }

    @Override
    String finish(int agency) {
      finished[agency] |= next[agency] == BETS;
      return finished[agency] ? "finished" : "CONFLICT";
    }

    @Override
    String ask(int agency) {
      return !finished[agency] ? "OUT_OF_ORDER" : finished[1] && finished[2] ? "winners" : "waits";
    }
  }

  /** A whole loop, over sockets. */
  public static class LoopModel extends Model {
    /** Invocations come one after the other: each ends the loop of the one before. */
    private static final List<TestLoop> RUNNING = new ArrayList<>();

    private final TestLoop loop;

    public LoopModel() throws IOException {
      loop = TestLoop.start(new FaultyDisk(0), 2);
      synchronized (RUNNING) {
        RUNNING.forEach(TestLoop::close);
        RUNNING.clear();
        RUNNING.add(loop);
      }
    }

    @Override
    String store(int agency, int bet) {
      return say(agency, SampleBets.part(SampleBets.file(agency, BETS), bet, bet + 1));
    }

    @Override
    String finish(int agency) {
      return say(agency, SampleBets.finish(agency, SampleBets.file(agency, BETS)));
    }

    @Override
    String ask(int agency) {
      return say(agency, new Message.AskWinners());
    }

    /** What an agency hears that comes, is welcomed and says this. */
    private String say(int agency, Message message) {
      try (Peer peer = loop.agency(agency)) {
        peer.send(message);
        if (message instanceof Message.AskWinners
            && loop.figures.finished(agency)
            && !(loop.figures.finished(1) && loop.figures.finished(2))) {
          loop.agency(agency).close(); // if it waits, it is fenced by it
        }
        return switch (peer.next()) {
          case Message.Stored(long next) -> "stored " + next;
          case Message.Finished _ -> "finished";
          case Message.SealReceipt _ -> "winners";
          case Message.Refused refused ->
              switch (refused.refusal()) {
                case FENCED -> "waits";
                default -> refused.refusal().name();
              };
          case Message other -> other.toString();
        };
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** What it would be if it said that a finish is kept before it is. */
  public static final class EarlyModel extends LoopModel {
    public EarlyModel() throws IOException {}

    @Override
    String finish(int agency) {
      return "finished";
    }
  }
}
