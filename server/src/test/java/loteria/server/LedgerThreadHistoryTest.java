package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.lottery.Standing;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/**
 * Several connections hand requests to one ledger at the same time: each hears what it would hear
 * of a ledger that does one request after the other, whatever comes between. Real threads, many
 * rounds: what they say is from a seed, how they interleave is not.
 */
class LedgerThreadHistoryTest {
  private static final int ROUNDS = 150;
  private static final int AGENCIES = 4;
  private static final int BETS_MAX = 40;
  private static final int SPINS_MAX = 200;

  @Test
  void answersAsIfItDidOneRequestAfterTheOther() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      new Round(seed).run(LedgerThread::submit);
    }
  }

  @Test
  void aRequestThatIsLostWouldBeFound() {
    assertThatThrownBy(() ->
            new Round(1)
                .run((thread, request) -> {
                  if (!(request instanceof Request.Finish)) {
                    thread.submit(request);
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 1, agency 1");
  }

  @Test
  void aRequestThatIsHandedOverTwiceWouldBeFound() {
    assertThatThrownBy(() ->
            new Round(1)
                .run((thread, request) -> {
                  thread.submit(request);
                  thread.submit(request);
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 1, agency 1");
  }

  /** How a request comes to the ledger's thread. */
  @FunctionalInterface
  private interface Handover {
    void submit(LedgerThread thread, Request request) throws InterruptedException;
  }

  /** Something that was said, in the order of all that was. */
  private record Said(int agency, Message.FromCentral message) {}

  /** One lottery, from its first request to its last answer. */
  private static final class Round {
    private final long seed;
    private final FaultyDisk disk;
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final List<Connected> connections = new ArrayList<>();

    /** Of the ledger's thread until it has ended. */
    private final List<Said> history = new ArrayList<>();

    Round(long seed) {
      this.seed = seed;
      this.disk = new FaultyDisk(seed);
    }

    void run(Handover handover) throws IOException, InterruptedException {
      TestLedger ledger = TestLedger.open(disk, AGENCIES);
      LedgerThread thread = LedgerThread.start(ledger.ledger(), ledger.log.log(), failures::add);
      CountDownLatch start = new CountDownLatch(1);
      for (int agency = 1; agency <= AGENCIES; agency++) {
        connections.add(new Connected(agency));
      }
      List<Thread> threads =
          connections.stream()
              .map(connection ->
                  Thread.ofVirtual().start(() -> connection.talk(start, thread, handover)))
              .toList();
      start.countDown();
      for (Thread connection : threads) {
        connection.join();
      }
      thread.close();
      check();
    }

    private void check() throws IOException {
      assertThat(failures).as("seed %d", seed).isEmpty();
      for (Connected connection : connections) {
        List<Message.FromCentral> heard = connection.session.heard();
        assertThat(told(heard.subList(0, heard.size() - 1)))
            .as("seed %d, agency %d", seed, connection.agency)
            .isEqualTo(told(connection.expected));
        assertThat(heard)
            .filteredOn(Message.Included.class::isInstance)
            .map(message -> ((Message.Included) message).share())
            .containsExactly(SampleBets.share(connection.file));
        assertThat(connection.session.refused().refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
      }
      requireNoWinnersBeforeTheLastFinish();
      assertThat(disk.bytes(SealedBets.NAME))
          .as("seed %d", seed)
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(String.join("", connections.stream().map(Connected::csv).toList()));
    }

    /** All but what of the seal is its own, and of acknowledgements in a row but the last. */
    private static List<Message.FromCentral> told(List<Message.FromCentral> heard) {
      List<Message.FromCentral> told = new ArrayList<>();
      for (Message.FromCentral message : heard) {
        if (message instanceof Message.Stored
            && !told.isEmpty()
            && told.getLast() instanceof Message.Stored) {
          told.removeLast();
        }
        if (!(message instanceof Message.Included)) {
          told.add(message);
        }
      }
      return told;
    }

    private void requireNoWinnersBeforeTheLastFinish() {
      Set<Integer> finished = new HashSet<>();
      for (Said said : history) {
        if (said.message instanceof Message.Finished) {
          finished.add(said.agency);
        }
        if (said.message instanceof Message.WinnersPage) {
          assertThat(finished).as("seed %d: %s", seed, history).hasSize(AGENCIES);
        }
      }
    }

    /** An agency that uploads, repeats itself now and then, finishes and asks. */
    private final class Connected {
      private final int agency;
      private final Random random;
      private final List<Bet> file;
      private final List<Message.FromCentral> expected = new ArrayList<>();
      private final RecordingSession session = new RecordingSession(disk);
      private final Session said =
          message -> {
            history.add(new Said(agency(), message));
            session().say(message);
          };

      Connected(int agency) {
        this.agency = agency;
        this.random = new Random(seed * AGENCIES + agency);
        this.file = SampleBets.file(agency, random.nextInt(BETS_MAX));
      }

      private int agency() {
        return agency;
      }

      private RecordingSession session() {
        return session;
      }

      String csv() {
        return SampleBets.csv(file);
      }

      void talk(CountDownLatch start, LedgerThread thread, Handover handover) {
        try {
          start.await();
          for (Request request : requests()) {
            handover.submit(thread, request);
            for (int spins = random.nextInt(SPINS_MAX); spins > 0; spins--) {
              Thread.onSpinWait();
            }
          }
        } catch (InterruptedException | RuntimeException failed) {
          failures.add(failed);
        }
      }

      /** What it says, and with each what it must hear. */
      private List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        requests.add(TestLedger.greet(said, agency, 0));
        expected.add(new Message.Welcome(Codec.VERSION, Ledger.WINDOW, Standing.NEW));
        int next = 0;
        while (next < file.size()) {
          int from = next > 0 && random.nextInt(4) == 0 ? 0 : next;
          int to = from == 0 && next > 0 ? next : next + 1 + random.nextInt(file.size() - next);
          requests.add(TestLedger.store(said, SampleBets.part(file, from, to)));
          next = to;
          expected.add(new Message.Stored(next));
        }
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
          requests.add(TestLedger.finish(said, agency, file));
          expected.add(new Message.Finished(file.size()));
        }
        requests.add(TestLedger.ask(said, agency));
        expected.add(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
        return requests;
      }
    }
  }
}
