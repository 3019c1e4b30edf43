package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.List;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Centrals that cannot be reached, or get an agency nowhere. */
@Timeout(60)
final class AgencyRetriesTest {
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 40);

  @Test
  void givesUpWhenNobodyListensAndPatienceIsOver() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    try (AgencyRun agency =
        AgencyRun.uploading(port, _ -> ListedBets.of(BETS), "--patience", "3s")) {
      assertThat(agency.exitCode()).isEqualTo(69);

      String connect =
          "action: connect | result: %s | client_id: 3 | server_address: 127.0.0.1:"
              + port
              + " | error: ";
      String refused = "127.0.0.1:%d: Connection refused".formatted(port);
      assertThat(agency.lines())
          .containsExactly(
              "WARNI     " + connect.formatted("in_progress") + refused + " | retry_ms: 0",
              "WARNI     " + connect.formatted("in_progress") + refused + " | retry_ms: 0",
              "ERROR     " + connect.formatted("fail") + "patience is over: " + refused);
    }
  }

  @Test
  void looksUpANameThatIsNotKnownAgain() throws Exception {
    // A label of more than 63 letters: no resolver has to be asked to know that it is unknown.
    String address = "a".repeat(64) + ":12345";
    try (AgencyRun agency =
        AgencyRun.uploadingTo(address, _ -> ListedBets.of(BETS), "--patience", "2s")) {
      assertThat(agency.exitCode()).isEqualTo(69);

      String connect =
          "action: connect | result: %s | client_id: 3 | server_address: " + address + " | error: ";
      assertThat(agency.lines())
          .containsExactly(
              "WARNI     "
                  + connect.formatted("in_progress")
                  + address
                  + ": the name is not known | retry_ms: 0",
              "ERROR     "
                  + connect.formatted("fail")
                  + "patience is over: "
                  + address
                  + ": the name is not known");
    }
  }

  @Test
  void aCentralThatOnlyGreetsAndRefusesUsesPatienceUp() throws Exception {
    ScriptedCentral.Script busy =
        peer -> {
          peer.hear(Message.Hello.class);
          peer.say(new Message.Refused(Refusal.BUSY, 0, 0, "full"));
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.repeating(busy);
        AgencyRun agency =
            AgencyRun.uploading(central.port(), _ -> ListedBets.of(BETS), "--patience", "5s")) {
      assertThat(agency.exitCode()).isEqualTo(69);
      assertThat(central.connections()).isEqualTo(5);
      assertThat(agency.lines()).last().asString().endsWith("patience is over: BUSY: full");
    }
  }

  @Test
  void aCentralThatStoresMakesPatienceWholeAgain() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script storingOnce =
        peer -> {
          Message.FromAgency message = peer.hear();
          while (!(message instanceof Message.Batch)) {
            peer.say(memory.answers(message).toArray(Message[]::new));
            if (message instanceof Message.AskWinners) {
              return;
            }
            message = peer.hear();
          }
          peer.say(memory.answers(message).toArray(Message[]::new));
        };
    try (ScriptedCentral central = ScriptedCentral.repeating(storingOnce);
        AgencyRun agency =
            AgencyRun.uploading(
                central.port(),
                _ -> ListedBets.of(BETS),
                "--batch-max-amount",
                "2",
                "--patience",
                "2s")) {
      assertThat(agency.exitCode()).isZero();
      assertThat(central.connections()).isEqualTo(21);
      assertThat(memory.stored()).isEqualTo(BETS);
    }
  }

  @Test
  void aCentralThatMakesNoSenseIsTriedAgain() throws Exception {
    try (ScriptedCentral central =
            ScriptedCentral.repeating(peer -> {
              peer.hear(Message.Hello.class);
              peer.write("HTTP/1.1 400 Bad Request\r\n");
              peer.untilGone();
            });
        AgencyRun agency =
            AgencyRun.uploading(central.port(), _ -> ListedBets.of(BETS), "--patience", "2s")) {
      assertThat(agency.exitCode()).isEqualTo(69);
      assertThat(central.connections()).isEqualTo(2);
      assertThat(agency.lines())
          .last()
          .asString()
          .endsWith(
              "patience is over: the central sends what is no frame: a frame starts with 0x90, not"
                  + " 0x48");
    }
  }
}
