package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import loteria.journal.DataDirectory;
import loteria.lottery.AgencyState;
import loteria.lottery.Draw;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.FaultyDisk;
import loteria.server.ledger.Ledger;
import org.junit.jupiter.api.Test;

/**
 * Several agencies speak to one central at the same time: each hears what it would hear of one that
 * does one request after the other, whatever comes between. Real threads and sockets, many rounds:
 * what they say is from a seed, how they interleave is not.
 */
class LoopHistoryTest {
  private static final int ROUNDS = 60;
  private static final int AGENCIES = 4;
  private static final int BETS_MAX = 40;
  private static final int SPINS_MAX = 200;

  @Test
  void answersAsIfItDidOneRequestAfterTheOther() throws Exception {
    for (long seed = 0; seed < ROUNDS; seed++) {
      new Round(seed, 20_000).run(Peer::send);
    }
  }

  @Test
  void aRequestThatIsLostWouldBeFound() {
    assertThatThrownBy(() ->
            new Round(1, 3_000)
                .run((peer, message) -> {
                  if (!(message instanceof Message.Finish)) {
                    peer.send(message);
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 1, agency 1");
  }

  @Test
  void aRequestThatIsHandedOverTwiceWouldBeFound() {
    assertThatThrownBy(() ->
            new Round(1, 3_000)
                .run((peer, message) -> {
                  peer.send(message);
                  peer.send(message);
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 1, agency 1");
  }

  /** How a request comes to the loop. */
  @FunctionalInterface
  private interface Handover {
    void send(Peer peer, Message message) throws IOException;
  }

  /** One lottery, from its first request to its last answer. */
  private static final class Round {
    private final long seed;
    private final int patienceMillis;
    private final FaultyDisk disk;
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final List<Connected> agencies = new ArrayList<>();

    Round(long seed, int patienceMillis) {
      this.seed = seed;
      this.patienceMillis = patienceMillis;
      this.disk = new FaultyDisk(seed);
    }

    void run(Handover handover) throws IOException, InterruptedException {
      SlowDirectory directory = new SlowDirectory(disk, seed % 4); // by the syncer, too
      try (TestLoop loop = TestLoop.start(directory, AGENCIES)) {
        CountDownLatch start = new CountDownLatch(1);
        for (int agency = 1; agency <= AGENCIES; agency++) {
          agencies.add(new Connected(agency));
        }
        List<Thread> threads =
            agencies.stream()
                .map(agency -> Thread.ofVirtual().start(() -> agency.talk(start, loop, handover)))
                .toList();
        start.countDown();
        for (Thread thread : threads) {
          thread.join();
        }
        check(loop, directory);
      }
    }

    private void check(TestLoop loop, SlowDirectory directory) {
      for (Connected agency : agencies) {
        assertThat(told(agency.heard))
            .as("seed %d, agency %d", seed, agency.agency)
            .isEqualTo(told(agency.expected));
        assertThat(agency.heard)
            .filteredOn(Message.SealReceipt.class::isInstance)
            .map(message -> ((Message.SealReceipt) message).checksum())
            .containsExactly(SampleBets.checksum(agency.file));
      }
      assertThat(failures).as("seed %d", seed).isEmpty();
      assertThat(loop.halts).as("seed %d", seed).isEmpty();
      assertThat(directory.faults()).as("seed %d", seed).isEmpty();
      assertThat(disk.bytes(DataDirectory.BETS))
          .as("seed %d", seed)
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(String.join("", agencies.stream().map(Connected::csv).toList()));
    }

    /** All but what of the seal is its own, and of acknowledgements in a row but the last. */
    private static List<Message> told(List<Message> heard) {
      List<Message> told = new ArrayList<>();
      for (Message message : heard) {
        if (message instanceof Message.Stored
            && !told.isEmpty()
            && told.getLast() instanceof Message.Stored) {
          told.removeLast();
        }
        if (!(message instanceof Message.SealReceipt)) {
          told.add(message);
        }
      }
      return told;
    }

    /** An agency that uploads, repeats itself now and then, finishes and asks. */
    private final class Connected {
      private final int agency;
      private final Random random;
      private final List<Bet> file;
      private final List<Message> expected = new ArrayList<>();
      private final List<Message> heard = new ArrayList<>();

      Connected(int agency) {
        this.agency = agency;
        this.random = new Random(seed * AGENCIES + agency);
        this.file = SampleBets.file(agency, random.nextInt(BETS_MAX));
      }

      String csv() {
        return SampleBets.csv(file);
      }

      void talk(CountDownLatch start, TestLoop loop, Handover handover) {
        try (Peer peer = Peer.connect(loop.port(), patienceMillis)) {
          start.await();
          for (Message message : requests()) {
            handover.send(peer, message);
            for (int spins = random.nextInt(SPINS_MAX); spins > 0; spins--) {
              Thread.onSpinWait();
            }
          }
          do {
            heard.add(peer.next());
          } while (!(heard.getLast() instanceof Message.WinnersPage)
              && !(heard.getLast() instanceof Message.Refused));
        } catch (InterruptedException | IOException | RuntimeException failed) {
          failures.add(failed);
        }
      }

      /** What it says, and with each what it must hear. */
      private List<Message> requests() {
        List<Message> requests = new ArrayList<>();
        requests.add(Peer.helloOf(agency));
        expected.add(new Message.Welcome(Codec.VERSION, Ledger.WINDOW, AgencyState.NEW));
        int next = 0;
        while (next < file.size()) {
          int from = next > 0 && random.nextInt(4) == 0 ? 0 : next;
          int to = from == 0 && next > 0 ? next : next + 1 + random.nextInt(file.size() - next);
          requests.add(SampleBets.part(file, from, to));
          next = to;
          expected.add(new Message.Stored(next));
        }
        requests.add(SampleBets.finish(agency, file));
        expected.add(new Message.Finished(file.size()));
        requests.add(new Message.AskWinners());
        expected.add(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
        return requests;
      }
    }
  }
}
