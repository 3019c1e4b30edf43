package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.client.bets.Bet;
import loteria.client.bets.MadeUpBets;
import loteria.client.connection.ScriptedCentral;
import loteria.client.upload.MemoryCentral;
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
    int port = ScriptedCentral.unusedPort();
    try (AgencyRun agency = AgencyRun.uploading(port, BETS, "--patience", "3s")) {
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
  void goesToTheNextCentralAtOnceWhenTheFirstIsDead() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral second = ScriptedCentral.playing(peer -> peer.serve(memory))) {
      int dead = ScriptedCentral.unusedPort(); // and so another one than that of the second
      try (AgencyRun agency =
          AgencyRun.uploadingTo("127.0.0.1:%d,127.0.0.1:%d".formatted(dead, second.port()), BETS)
              .withLongWaits()) {
        assertThat(agency.exitCode()).isZero();
        assertThat(memory.stored()).isEqualTo(BETS);
        assertThat(agency.lines())
            .startsWith(
                "WARNI     action: connect | result: in_progress | client_id: 3 | server_address:"
                    + " 127.0.0.1:%1$d | error: 127.0.0.1:%1$d: Connection refused | retry_ms: 0"
                        .formatted(dead),
                "INFO     action: connect | result: success | client_id: 3 | server_address:"
                    + " 127.0.0.1:%d | bets: 0".formatted(second.port()));
      }
    }
  }

  @Test
  void theNextCentralGoesOnWhereOneDiesInTheMiddle() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script dying =
        peer -> {
          for (int frame = 0; frame < 4; frame++) {
            peer.answer(memory);
          }
        };
    try (ScriptedCentral first = ScriptedCentral.playing(dying);
        ScriptedCentral second = ScriptedCentral.playing(peer -> peer.serve(memory));
        AgencyRun agency =
            AgencyRun.uploadingTo(
                    "127.0.0.1:%d,127.0.0.1:%d".formatted(first.port(), second.port()),
                    BETS,
                    "--batch-max-amount",
                    "4")
                .withLongWaits()) {
      assertThat(agency.exitCode()).isZero();
      assertThat(memory.stored()).isEqualTo(BETS);
      assertThat(agency.lines())
          .anyMatch(line ->
              line.endsWith("server_address: 127.0.0.1:%d | bets: 12".formatted(second.port())));
    }
  }

  @Test
  void staysWithTheCentralThatServes() throws Exception {
    int dead = ScriptedCentral.unusedPort();
    ScriptedCentral.Script echo =
        peer -> {
          peer.write(peer.line());
          peer.untilGone();
        };
    try (ScriptedCentral second = ScriptedCentral.repeating(echo);
        AgencyRun agency =
            AgencyRun.echoingTo(
                "127.0.0.1:%d,127.0.0.1:%d".formatted(dead, second.port()),
                "--loop-amount",
                "3",
                "--loop-period",
                "0s")) {
      assertThat(agency.exitCode()).isZero();
      assertThat(agency.lines()).filteredOn(line -> line.contains("in_progress")).hasSize(1);
      assertThat(second.connections()).isEqualTo(3);
    }
  }

  @Test
  void triesAllInTurnUntilPatienceIsOver() throws Exception {
    int one = ScriptedCentral.unusedPort();
    int two = ScriptedCentral.unusedPort();
    String both = "127.0.0.1:%d,127.0.0.1:%d".formatted(one, two);
    try (AgencyRun agency = AgencyRun.uploadingTo(both, BETS, "--patience", "4s")) {
      assertThat(agency.exitCode()).isEqualTo(69);

      String connect =
          "action: connect | result: %s | client_id: 3 | server_address: %s | error:"
              + " %s127.0.0.1:%d: Connection refused";
      String first = connect.formatted("in_progress", "127.0.0.1:" + one, "", one);
      String second = connect.formatted("in_progress", "127.0.0.1:" + two, "", two);
      assertThat(agency.lines())
          .containsExactly(
              "WARNI     " + first + " | retry_ms: 0",
              "WARNI     " + second + " | retry_ms: 0",
              "WARNI     " + first + " | retry_ms: 0",
              "ERROR     " + connect.formatted("fail", both, "patience is over: ", two));
    }
  }

  @Test
  void triesEachIpAddressOfANameInTurn() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    InetAddress dead = InetAddress.ofLiteral("127.0.0.2");
    InetAddress alive = InetAddress.ofLiteral("127.0.0.1");
    AtomicInteger lookedUp = new AtomicInteger();
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        AgencyRun agency =
            AgencyRun.uploadingTo("central:" + central.port(), BETS)
                .withLongWaits()
                .withNames(name -> {
                  assertThat(name).isEqualTo("central");
                  lookedUp.incrementAndGet();
                  return new InetAddress[] {dead, alive};
                })) {
      assertThat(agency.exitCode()).isZero();
      assertThat(memory.stored()).isEqualTo(BETS);
      assertThat(lookedUp).hasValue(2);
      assertThat(agency.lines())
          .first()
          .asString()
          .contains("server_address: central:%d |".formatted(central.port()))
          .contains("error: central:%d (127.0.0.2): ".formatted(central.port()));
    }
  }

  @Test
  void looksUpANameThatIsNotKnownAgain() throws Exception {
    // A label of more than 63 letters: no resolver has to be asked to know that it is unknown.
    String address = "a".repeat(64) + ":12345";
    try (AgencyRun agency = AgencyRun.uploadingTo(address, BETS, "--patience", "2s")) {
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
        AgencyRun agency = AgencyRun.uploading(central.port(), BETS, "--patience", "5s")) {
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
                central.port(), BETS, "--batch-max-amount", "2", "--patience", "2s")) {
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
        AgencyRun agency = AgencyRun.uploading(central.port(), BETS, "--patience", "2s")) {
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
