package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.EndlessBets;
import loteria.client.bets.ListedBets;
import loteria.client.bets.MadeUpBets;
import loteria.client.connection.Cancellation;
import loteria.client.connection.ScriptedCentral;
import loteria.client.upload.MemoryCentral;
import loteria.client.upload.Upload;
import loteria.lottery.AgencyState;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A signal comes: whatever the agency does then, it closes all that it has and is gone. */
@Timeout(60)
final class AgencyCancellationTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 40);
  private static final String CONNECTION_CLOSED =
      "INFO     action: close_connection | result: success | client_id: 3";
  private static final List<String> ALL_CLOSED =
      List.of("INFO     action: close_bets | result: success | client_id: 3", CONNECTION_CLOSED);

  private final CountDownLatch reached = new CountDownLatch(1);

  @Test
  void aCutWhileConnectingEndsIt() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        AgencyRun agency = AgencyRun.uploading(full.getLocalPort(), BETS)) {
      List<SocketChannel> waiting = fill(full);
      agency.start().await("sun.nio.ch.NioSocketImpl", "connect");

      assertEndsSoon(agency);

      assertThat(agency.lines()).isEmpty();
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  /** Connections that nobody accepts, more than the listener's queue can hold. */
  private static List<SocketChannel> fill(ServerSocket listener) throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      boolean ignored =
          channel.connect(
              new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
      waiting.add(channel);
    }
    return waiting;
  }

  @Test
  void aCutWhileBackingOffEndsIt() throws Exception {
    int port = ScriptedCentral.unusedPort();
    try (AgencyRun agency = AgencyRun.uploading(port, BETS).withLongWaits()) {
      agency.start().await(Cancellation.class.getName(), "sleep");

      assertEndsSoon(agency);

      assertThat(agency.lines())
          .singleElement()
          .asString()
          .startsWith("WARNI     action: connect | result: in_progress")
          .endsWith("Connection refused | retry_ms: 59000");
    }
  }

  @Test
  void aCutWhileGreetedByNobodyEndsIt() throws Exception {
    assertEndsSoonWhen(
        peer -> {
          peer.hear(Message.Hello.class);
          reached.countDown();
          peer.untilGone();
        },
        _ -> ListedBets.of(BETS),
        List.of(CONNECTION_CLOSED));
  }

  @Test
  void aCutWhileBetsAreStoredEndsIt() throws Exception {
    assertEndsSoonWhen(
        peer -> {
          peer.hear(Message.Hello.class);
          peer.say(new Message.Welcome(1, 16, AgencyState.NEW));
          peer.hear(Message.Batch.class);
          reached.countDown();
          peer.untilGone();
        },
        _ -> ListedBets.of(BETS),
        ALL_CLOSED);
  }

  @Test
  void aCutInTheMiddleOfTheUploadEndsIt() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 16);
    assertEndsSoonWhen(
        peer -> {
          boolean connected = true;
          while (connected) {
            try {
              peer.answer(memory);
              if (memory.stored().size() > 1_000) {
                reached.countDown();
              }
            } catch (IOException _) {
              connected = false;
            }
          }
        },
        _ -> new EndlessBets(AGENCY),
        ALL_CLOSED);
  }

  @Test
  void aCutWhileWaitingForTheDrawEndsIt() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 16);
    assertEndsSoonWhen(
        peer -> {
          peer.answerUntilAsked(memory);
          reached.countDown();
          peer.untilGone();
        },
        _ -> ListedBets.of(BETS),
        List.of(
            "INFO     action: upload_bets | result: success | client_id: 3 | bets: 40",
            ALL_CLOSED.getFirst(),
            ALL_CLOSED.getLast()));
  }

  @Test
  void aCutWhileStoredBetsArePassedOverEndsIt() throws Exception {
    ScriptedCentral.Script welcoming =
        peer -> {
          peer.hear(Message.Hello.class);
          peer.say(new Message.Welcome(1, 16, new AgencyState(Long.MAX_VALUE, 0, false)));
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(welcoming);
        AgencyRun agency = AgencyRun.uploading(central.port(), _ -> new EndlessBets(AGENCY))) {
      agency.start().await(Upload.class.getName(), "take");

      assertEndsSoon(agency);

      assertThat(agency.lines()).isEqualTo(ALL_CLOSED);
    }
  }

  @Test
  void aCutWhileTheCentralDoesNotReadEndsIt() throws Exception {
    ScriptedCentral.Script deaf =
        peer -> {
          peer.hear(Message.Hello.class);
          peer.say(new Message.Welcome(1, 65_535, AgencyState.NEW));
          reached.await();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(deaf);
        AgencyRun agency = AgencyRun.uploading(central.port(), _ -> new EndlessBets(AGENCY))) {
      agency.start().await("sun.nio.ch.NioSocketImpl", "implWrite", "park");

      assertEndsSoon(agency);

      reached.countDown();
      assertThat(agency.lines()).isEqualTo(ALL_CLOSED);
    }
  }

  @Test
  void aCutBetweenTwoMessagesEndsIt() throws Exception {
    try (ScriptedCentral central =
            ScriptedCentral.playing(peer -> {
              peer.write(peer.line());
              peer.untilGone();
            });
        AgencyRun agency = AgencyRun.echoing(central.port(), "--loop-period", "24h")) {
      agency.start().await(Cancellation.class.getName(), "sleep");

      assertEndsSoon(agency);

      assertThat(agency.lines()).hasSize(2).endsWith(CONNECTION_CLOSED);
    }
  }

  @Test
  void aCutWhileAMessageIsNotAnsweredEndsIt() throws Exception {
    try (ScriptedCentral central =
            ScriptedCentral.playing(peer -> {
              peer.line();
              reached.countDown();
              peer.untilGone();
            });
        AgencyRun agency = AgencyRun.echoing(central.port())) {
      agency.start();
      reached.await();

      assertEndsSoon(agency);

      assertThat(agency.lines()).containsExactly(CONNECTION_CLOSED);
    }
  }

  @Test
  void aCutBeforeItStartsLeavesNothingToDo() throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing();
        AgencyRun upload = AgencyRun.uploading(central.port(), BETS);
        AgencyRun echo = AgencyRun.echoing(central.port())) {
      for (AgencyRun agency : List.of(upload, echo)) {
        agency.cut();

        assertThat(agency.exitCode()).isZero();
        assertThat(agency.lines()).isEmpty();
      }
      assertThat(central.connections()).isZero();
    }
  }

  private void assertEndsSoonWhen(
      ScriptedCentral.Script script, BetSource.Opener bets, List<String> lines) throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing(script);
        AgencyRun agency = AgencyRun.uploading(central.port(), bets)) {
      agency.start();
      reached.await();

      assertEndsSoon(agency);

      assertThat(agency.lines()).isEqualTo(lines);
    }
  }

  private static void assertEndsSoon(AgencyRun agency) throws Exception {
    long start = System.nanoTime();
    agency.cut();
    assertThat(agency.exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }
}
