package loteria.server;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Bet;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Two agencies that speak to the ledger and its draw room at once, each by a thread of its own:
 * whatever they hear could have been heard if the ledger had done one request after the other. So
 * there are no winners before the last finish, and no agency waits after it.
 */
public class LedgerModelTest {
  private static final int SCENARIOS = 10;
  private static final int INVOCATIONS = 40;
  private static final int STEPS = 4;

  @Test
  void answersAsIfItDidOneRequestAfterTheOther() {
    options().check(ThreadModel.class);
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

  /** What two agencies say, each of a file of two bets, the second of which wins. */
  @Param(name = "bet", gen = IntGen.class, conf = "0:1")
  public abstract static class Model {
    private static final Map<Integer, List<Bet>> FILES =
        Map.of(1, SampleBets.file(1, 2), 2, SampleBets.file(2, 2));

    /** Hands a request over. */
    abstract void submit(Request request);

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

    private static List<Bet> file(int agency) {
      return FILES.getOrDefault(agency, List.of());
    }

    private String store(int agency, int bet) {
      Answered session = greeted(agency);
      submit(TestLedger.store(session, SampleBets.part(file(agency), bet, bet + 1)));
      return session.answer();
    }

    String finish(int agency) {
      Answered session = greeted(agency);
      submit(TestLedger.finish(session, agency, file(agency)));
      return session.answer();
    }

    private String ask(int agency) {
      Answered session = greeted(agency);
      submit(TestLedger.ask(session, agency));
      // Whoever is told to wait is fenced by it, and so hears something.
      submit(TestLedger.greet(new Answered(), agency, 0));
      return session.answer();
    }

    Answered greeted(int agency) {
      Answered session = new Answered();
      submit(TestLedger.greet(session, agency, 0));
      return session;
    }
  }

  /** A session that waits for what is said after its Welcome. */
  static final class Answered implements Session {
    private static final long PATIENCE_SECONDS = 10;

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public void say(Message.FromCentral message) {
      switch (message) {
        case Message.Welcome _, Message.Ping _ -> {}
        case Message.Included included -> answer.complete(included.share().toString());
        case Message.Refused refused when refused.refusal() == Refusal.FENCED ->
            answer.complete("waits");
        case Message.Refused refused -> answer.complete(refused.refusal().toString());
        case Message.Stored _, Message.Finished _, Message.WinnersPage _ ->
            answer.complete(message.toString());
      }
    }

    String answer() {
      return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  /** The ledger by itself. */
  public static final class SequentialModel extends Model {
    private final TestLedger ledger;

    public SequentialModel() throws IOException {
      ledger = TestLedger.ofAgencies(2);
    }

    @Override
    void submit(Request request) {
      try {
        ledger.process(request);
      } catch (IOException e) {
        throw new AssertionError("a disk that does not fail", e);
      }
    }
  }

  /** The ledger as the central has it: behind its queue, on its thread. */
  public static class ThreadModel extends Model {
    /** Invocations come one after the other: each ends the thread of the one before. */
    private static final List<LedgerThread> RUNNING = new ArrayList<>();

    private final LedgerThread thread;

    public ThreadModel() throws IOException {
      TestLedger ledger = TestLedger.ofAgencies(2);
      thread =
          LedgerThread.start(
              ledger.ledger(),
              ledger.log.log(),
              failed -> {
                throw new CompletionException(failed);
              });
      synchronized (RUNNING) {
        RUNNING.forEach(LedgerThread::close);
        RUNNING.clear();
        RUNNING.add(thread);
      }
    }

    @Override
    void submit(Request request) {
      try {
        thread.submit(request);
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }
  }

  /** What it would be if it said that a finish is kept before it is. */
  public static final class EarlyModel extends ThreadModel {
    private final Map<Integer, Request> kept = new HashMap<>();

    public EarlyModel() throws IOException {}

    @Override
    String finish(int agency) {
      Answered session = greeted(agency);
      synchronized (kept) {
        kept.put(agency, TestLedger.finish(session, agency, Model.file(agency)));
      }
      return new Message.Finished(Model.file(agency).size()).toString();
    }
  }
}
