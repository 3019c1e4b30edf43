package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import loteria.lottery.Draw;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.TestCentral;
import loteria.server.ledger.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agency that asks and does not read. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MuteAgencyTest {
  private static final long FOREVER = 60_000;
  private static final int BATCH_BETS = 180;
  private static final int BATCHES = 2_000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  /** A lottery with more winners than the buffers of a narrow connection hold. */
  private static void hold(TestCentral central) throws IOException, InterruptedException {
    Bet winner = new Bet(1, "A", "", "1".repeat(20), LocalDate.of(2000, 1, 1), Draw.NUMBER);
    List<Bet> batch = Collections.nCopies(BATCH_BETS, winner);
    Peer peer = central.agency(1);
    for (long first = 0; first < (long) BATCHES * BATCH_BETS; first += BATCH_BETS) {
      peer.send(SampleBets.batch(1, first, batch));
    }
    peer.awaitStored((long) BATCHES * BATCH_BETS);
    peer.send(SampleBets.finish(1, Collections.nCopies(BATCHES * BATCH_BETS, winner)));
    central.log.await(1, "action: sorteo");
    peer.close();
    central.log.await(1, "action: close_connection");
  }

  @Test
  void isClosedWhenItLeavesTooLongUnreadWhatItIsTold() throws Exception {
    assertClosed(new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, 300, 100, FOREVER), true);
  }

  @Test
  void isClosedWhenItIsSilentThoughItIsBeingToldSomething() throws Exception {
    assertClosed(new Deadlines(FOREVER, FOREVER, 300, FOREVER, 600, 100, FOREVER), false);
  }

  private void assertClosed(Deadlines deadlines, boolean talks) throws Exception {
    TestCentral.start(directory, 1).close();
    try (TestCentral first = TestCentral.start(directory, 1)) {
      hold(first);
    }
    try (TestCentral central = TestCentral.start(directory, 1, deadlines);
        Peer mute = Peer.connectNarrow(central.port())) {
      mute.send(Peer.helloOf(1), new Message.AskWinners());
      if (talks) {
        pongUntilClosed(mute);
      }
      central.log.await(1, "action: close_connection");
      assertThat(central.log.with("receive_message | result: fail", "TOO_SLOW")).isNotEmpty();
      assertThat(central.log.with("action: close_connection")).hasSize(1);
    }
  }

  private static void pongUntilClosed(Peer mute) {
    try {
      while (true) {
        mute.send(new Message.Pong());
      }
    } catch (IOException closed) {
      // As it should be.
    }
  }
}
