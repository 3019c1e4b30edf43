package loteria.server;

import static loteria.server.TestLedger.finish;
import static loteria.server.TestLedger.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agency that asks and does not read. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MuteAgencyTest {
  private static final long FOREVER = 60_000;
  private static final int BATCH_BETS = 250;
  private static final int BETS = 80 * BATCH_BETS;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A lottery with more winners than the buffers of a narrow connection hold. */
  private static TestLedger drawn() throws IOException {
    Bet winner = new Bet(1, "A", "", "1".repeat(20), LocalDate.of(2000, 1, 1), Draw.NUMBER);
    List<Bet> batch = Collections.nCopies(BATCH_BETS, winner);
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    for (long first = 0; first < BETS; first += BATCH_BETS) {
      ledger.process(store(session, SampleBets.batch(1, first, batch)));
    }
    ledger.process(finish(session, 1, Collections.nCopies(BETS, winner)));
    return ledger;
  }

  @Test
  void isClosedWhenItLeavesTooLongUnreadWhatItIsTold() throws Exception {
    assertClosed(new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, 100, 100, FOREVER), true);
  }

  @Test
  void isClosedWhenItIsSilentThoughItIsBeingToldSomething() throws Exception {
    assertClosed(new Deadlines(FOREVER, FOREVER, 200, FOREVER, FOREVER, 100, FOREVER), false);
  }

  private static void assertClosed(Deadlines deadlines, boolean talks) throws Exception {
    TestLedger ledger = drawn();
    LedgerThread ledgerThread =
        LedgerThread.start(
            ledger.ledger(),
            ledger.log.log(),
            cause -> {
              throw new AssertionError(cause);
            });
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Peer mute = Peer.connectNarrow(server.getLocalPort());
        Socket socket = server.accept()) {
      socket.setSendBufferSize(4096);
      Thread connection =
          Thread.ofVirtual()
              .start(new Connection(socket, true, null, ledgerThread, deadlines, ledger.log.log()));
      mute.send(Peer.helloOf(1), new Message.AskWinners());
      if (talks) {
        pongUntilClosed(mute);
      }
      assertThat(connection.join(PATIENCE)).as("the connection has ended").isTrue();
      assertThat(ledger.log.with("receive_message | result: fail", "TOO_SLOW")).hasSize(1);
      assertThat(ledger.log.with("action: close_connection")).hasSize(1);
    } finally {
      ledgerThread.close();
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
