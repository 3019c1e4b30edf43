package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import loteria.client.connection.ScriptedCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class EchoLoopTest {
  private static final String CLOSED =
      "INFO     action: close_connection | result: success | client_id: 3";

  @Test
  void eachMessageGoesAndComesBackOverAConnectionOfItsOwn() throws Exception {
    List<String> heard = new ArrayList<>();
    ScriptedCentral.Script echoing =
        peer -> {
          String line = peer.line();
          heard.add(line);
          peer.write(line);
          assertThat(peer.untilGone()).isZero();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(echoing, echoing);
        AgencyRun agency =
            AgencyRun.echoing(central.port(), "--loop-amount", "2", "--loop-period", "1ms")) {
      assertThat(agency.exitCode()).isZero();

      assertThat(agency.lines())
          .containsExactly(
              "INFO     action: receive_message | result: success | client_id: 3 | msg:"
                  + " [CLIENT 3] Message N°1",
              CLOSED,
              "INFO     action: receive_message | result: success | client_id: 3 | msg:"
                  + " [CLIENT 3] Message N°2",
              CLOSED,
              "INFO     action: loop_finished | result: success | client_id: 3");
    }
    assertThat(heard).containsExactly("[CLIENT 3] Message N°1\n", "[CLIENT 3] Message N°2\n");
  }

  @Test
  void aLoopOfNoMessagesIsFinishedAtOnce() throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing();
        AgencyRun agency = AgencyRun.echoing(central.port(), "--loop-amount", "0")) {
      assertThat(agency.exitCode()).isZero();
      assertThat(agency.lines())
          .containsExactly("INFO     action: loop_finished | result: success | client_id: 3");
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "half a li"})
  void anAnswerWithoutItsEndIsAFailure(String answer) throws Exception {
    assertFails(
        peer -> {
          peer.line();
          peer.write(answer);
        },
        "the central's answer has no end of line");
  }

  @Test
  void anotherAnswerIsAFailure() throws Exception {
    assertFails(
        answering("loteria: hello\n"), "the central answers something else: loteria: hello");
  }

  private static void assertFails(ScriptedCentral.Script central, String error) throws Exception {
    try (ScriptedCentral playing = ScriptedCentral.playing(central);
        AgencyRun agency = AgencyRun.echoing(playing.port())) {
      assertThat(agency.exitCode()).isEqualTo(1);
      assertThat(agency.lines())
          .containsExactly(
              CLOSED,
              "ERROR     action: receive_message | result: fail | client_id: 3 | error: " + error);
    }
  }

  @Test
  void aCentralThatRequiresTlsIsNotTriedAgain() throws Exception {
    String word = "loteria: this central speaks TLS only";
    try (ScriptedCentral central = ScriptedCentral.playing(answering(word + "\n"));
        AgencyRun agency = AgencyRun.echoing(central.port())) {
      assertThat(agency.exitCode()).isEqualTo(77);
      assertThat(agency.lines())
          .containsExactly(
              "ERROR     action: connect | result: fail | client_id: 3 | server_address: 127.0.0.1:"
                  + central.port()
                  + " | error: "
                  + word,
              CLOSED);
    }
  }

  private static ScriptedCentral.Script answering(String line) {
    return peer -> {
      peer.line();
      peer.write(line);
      peer.untilGone();
    };
  }

  @Test
  void anAnswerIsNotHeldWithoutBound() throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing(answering("e".repeat(8_193) + "\n"));
        AgencyRun agency = AgencyRun.echoing(central.port())) {
      assertThat(agency.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void givesUpWhenNobodyListensAndPatienceIsOver() throws Exception {
    int port = ScriptedCentral.unusedPort();
    try (AgencyRun agency = AgencyRun.echoing(port, "--patience", "2s")) {
      assertThat(agency.exitCode()).isEqualTo(69);

      String connect =
          "action: connect | result: %s | client_id: 3 | server_address: 127.0.0.1:"
              + port
              + " | error: ";
      String refused = "127.0.0.1:%d: Connection refused".formatted(port);
      assertThat(agency.lines())
          .containsExactly(
              "WARNI     " + connect.formatted("in_progress") + refused + " | retry_ms: 0",
              "ERROR     " + connect.formatted("fail") + "patience is over: " + refused);
    }
  }

  @Test
  void patienceIsWholeForEachMessageHoweverLongTheOneBeforeTook() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    CountDownLatch dayIsOver = new CountDownLatch(1);
    try (ScriptedCentral central =
            ScriptedCentral.playing(peer -> {
              String line = peer.line();
              heard.countDown();
              dayIsOver.await();
              peer.write(line);
              peer.untilGone();
            });
        AgencyRun agency =
            AgencyRun.echoing(
                central.port(), "--loop-amount", "2", "--loop-period", "1ms", "--patience", "3s")) {
      agency.start();
      heard.await();
      agency.clockGoesOn(Duration.ofDays(1));
      central.stopListening();
      dayIsOver.countDown();

      assertThat(agency.exitCode()).isEqualTo(69);
      assertThat(agency.lines()).filteredOn(line -> line.contains("retry_ms")).hasSize(2);
    }
  }
}
