package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.BetsFile;
import loteria.client.bets.EndlessBets;
import loteria.client.bets.MadeUpBets;
import loteria.client.connection.ScriptedCentral;
import loteria.client.upload.MemoryCentral;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class AgencyTest {
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 40);
  private static final long WINNERS = BETS.stream().filter(bet -> bet.number() == 7574).count();

  @TempDir private Path directory;

  @Test
  void aRunIsLoggedLineByLine() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        AgencyRun agency = uploading(central)) {
      assertThat(agency.exitCode()).isZero();

      assertThat(memory.stored()).isEqualTo(BETS);
      assertThat(WINNERS).as("more than one page").isGreaterThan(3);
      assertThat(agency.lines())
          .containsExactly(
              "INFO     action: upload_bets | result: success | client_id: 3 | bets: 40",
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              MadeUpBets.sealedLine(BETS),
              "INFO     action: consulta_ganadores | result: success | cant_ganadores: " + WINNERS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWhereTheCentralSaysAfterACutAtEveryFrame(boolean answered) throws Exception {
    // Hello, ten batches, Finish and AskWinners.
    for (int frames = 1; frames <= 13; frames++) {
      MemoryCentral memory = new MemoryCentral(AGENCY, 1);
      List<Long> told = new ArrayList<>(List.of(0L));
      int served = answered ? frames : frames - 1;
      ScriptedCentral.Script cutting =
          peer -> {
            for (int frame = 0; frame < served; frame++) {
              remember(peer.answer(memory), told);
            }
            if (!answered) {
              memory.answers(peer.hear());
            }
          };
      ScriptedCentral.Script serving =
          peer -> {
            Message.Hello hello = peer.hear(Message.Hello.class);
            assertThat(hello.acked()).isEqualTo(told.getLast());
            peer.say(memory.answers(hello).toArray(Message[]::new));
            peer.serve(memory);
          };
      boolean whole = served == 13;
      try (ScriptedCentral central =
              whole ? ScriptedCentral.playing(cutting) : ScriptedCentral.playing(cutting, serving);
          AgencyRun agency = uploading(central, "--batch-max-amount", "4")) {
        assertThat(agency.exitCode()).as("%d frames", frames).isZero();

        assertThat(memory.stored()).isEqualTo(BETS);
        assertThat(memory.isFinished()).isTrue();
        assertThat(central.connections()).isEqualTo(whole ? 1 : 2);
        assertThat(agency.lines())
            .endsWith(
                "INFO     action: consulta_ganadores | result: success | cant_ganadores: "
                    + WINNERS);
      }
    }
  }

  private static void remember(List<Message.FromCentral> answers, List<Long> told) {
    for (Message.FromCentral answer : answers) {
      switch (answer) {
        case Message.Welcome welcome -> told.add(welcome.state().next());
        case Message.Stored(long next) -> told.add(next);
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BAD_BET")
  void comesBackAfterARefusalThatMayPassAndAfterNoOther(Refusal refusal) throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script refusing =
        peer -> {
          peer.answer(memory);
          peer.hear(Message.Batch.class);
          peer.say(new Message.Refused(refusal, 2, 0, "so it is"));
          peer.untilGone();
        };
    ScriptedCentral.Script[] scripts =
        refusal.isRetryable()
            ? new ScriptedCentral.Script[] {refusing, peer -> peer.serve(memory)}
            : new ScriptedCentral.Script[] {refusing};
    try (ScriptedCentral central = ScriptedCentral.playing(scripts);
        AgencyRun agency = uploading(central)) {
      int code = agency.exitCode();

      if (refusal.isRetryable()) {
        assertThat(code).isZero();
        assertThat(agency.lines())
            .contains(
                "WARNI     action: connect | result: in_progress | client_id: 3 | server_address:"
                    + " 127.0.0.1:%d | error: %s: so it is | retry_ms: 0"
                        .formatted(central.port(), refusal));
      } else {
        assertThat(code)
            .isEqualTo(
                switch (refusal) {
                  case FENCED -> 4;
                  case FORBIDDEN -> 77;
                  default -> 1;
                });
        assertThat(agency.lines())
            .containsExactly(
                "INFO     action: close_bets | result: success | client_id: 3",
                "INFO     action: close_connection | result: success | client_id: 3",
                "ERROR     action: apuesta_enviada | result: fail | client_id: 3 | error: the"
                    + " central refuses: %s: bet 2 of the batch: so it is".formatted(refusal));
      }
    }
  }

  @Test
  void learnsThatItIsFencedThoughItWasSendingWhenTheConnectionWasReset() throws Exception {
    BetSource.Opener endless = _ -> new EndlessBets(AGENCY);
    ScriptedCentral.Script fencing =
        peer -> {
          peer.hear(Message.Hello.class);
          peer.say(new Message.Welcome(1, 65_535, AgencyState.NEW));
          peer.hear(Message.Batch.class);
          // What the agency has sent and nobody has read makes the close a reset.
          peer.say(new Message.Refused(Refusal.FENCED, 0, 0, "a newer session"));
        };
    try (ScriptedCentral central = ScriptedCentral.playing(fencing);
        AgencyRun agency = AgencyRun.uploading(central.port(), endless)) {
      assertThat(agency.exitCode()).isEqualTo(Agency.EXIT_FENCED);
    }
  }

  @Test
  void aBadRowIsSaidAndWhatPrecedesItIsStored() throws Exception {
    Path file = directory.resolve("agency-3.csv");
    Files.writeString(file, MadeUpBets.csv(BETS) + "Ana,Pérez,12a,1999-03-17,1\n");
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central =
            ScriptedCentral.playing(
                peer -> peer.serve(memory),
                peer -> peer.serve(memory),
                peer -> peer.serve(memory));
        AgencyRun agency = AgencyRun.uploading(central.port(), BetsFile.at(AGENCY, file))) {
      assertThat(agency.exitCode()).isEqualTo(1);

      assertThat(memory.stored()).isEqualTo(BETS);
      assertThat(memory.isFinished()).isFalse();
      assertThat(agency.lines())
          .containsExactly(
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              "WARNI     action: check_bets | result: in_progress | client_id: 3 | bets: 0 | error:"
                  + " the central refuses a row: documento '12a' is not digits",
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              "ERROR     action: read_bets | result: fail | client_id: 3 | file: %s | line: 41 |"
                      .formatted(file)
                  + " field: documento | error: '12a' is not digits");

      Files.writeString(file, MadeUpBets.csv(MadeUpBets.of(AGENCY, 50)));
      try (AgencyRun mended = AgencyRun.uploading(central.port(), BetsFile.at(AGENCY, file))) {
        assertThat(mended.exitCode()).isZero();
      }
      assertThat(memory.stored()).isEqualTo(MadeUpBets.of(AGENCY, 50));
    }
  }

  @Test
  void aRowThatTheCentralRefusesIsReadAgainCarefullyOnce() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script refusing =
        peer -> {
          peer.answer(memory);
          peer.answer(memory);
          peer.hear(Message.Batch.class);
          peer.say(new Message.Refused(Refusal.BAD_BET, 2, 7, "so it is"));
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(refusing, refusing);
        AgencyRun agency = uploading(central, "--batch-max-amount", "7")) {
      assertThat(agency.exitCode()).isEqualTo(1);
      assertThat(memory.stored()).isEqualTo(BETS.subList(0, 14));
      assertThat(agency.lines())
          .containsExactly(
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              "WARNI     action: check_bets | result: in_progress | client_id: 3 | bets: 7 | error:"
                  + " the central refuses a row: so it is",
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              "ERROR     action: apuesta_enviada | result: fail | client_id: 3 | error: the"
                  + " central refuses: BAD_BET: bet 2 of the batch: so it is");
    }
  }

  @Test
  void saysThatItIsConnectedAgainAfterACut() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script cutting =
        peer -> {
          peer.answer(memory);
          peer.answer(memory);
        };
    try (ScriptedCentral central = ScriptedCentral.playing(cutting, peer -> peer.serve(memory));
        AgencyRun agency = uploading(central, "--batch-max-amount", "7")) {
      assertThat(agency.exitCode()).isZero();
      assertThat(agency.lines())
          .filteredOn(line -> line.contains("action: connect "))
          .satisfiesExactly(
              lost -> assertThat(lost).contains("in_progress"),
              again ->
                  assertThat(again)
                      .isEqualTo(
                          "INFO     action: connect | result: success | client_id: 3 |"
                              + " server_address: 127.0.0.1:%d | bets: 7"
                                  .formatted(central.port())));
    }
  }

  @Test
  void saysThatItWaitsForTheDrawOnceAndThenEachMinute() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    AtomicReference<AgencyRun> clock = new AtomicReference<>();
    ScriptedCentral.Script waiting =
        peer -> {
          peer.answer(memory);
          Message.FromAgency message = peer.hear();
          // One ping at a time: an agency that reads two at once answers them with one pong.
          boolean pinged = false;
          while (!(message instanceof Message.AskWinners)) {
            if (message instanceof Message.Pong) {
              pinged = false;
            } else {
              peer.say(memory.answers(message).toArray(Message[]::new));
            }
            if (!pinged) {
              peer.say(new Message.Ping());
              pinged = true;
            }
            message = peer.hear();
          }
          if (pinged) {
            peer.hear(Message.Pong.class);
          }
          for (int ping = 0; ping < 3; ping++) {
            peer.say(new Message.Ping());
            peer.hear(Message.Pong.class);
            clock.get().clockGoesOn(Duration.ofSeconds(30));
          }
          peer.say(memory.answers(message).toArray(Message[]::new));
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(waiting);
        AgencyRun agency = uploading(central)) {
      clock.set(agency);
      assertThat(agency.exitCode()).isZero();
      assertThat(agency.lines())
          .startsWith(
              "INFO     action: upload_bets | result: success | client_id: 3 | bets: 40",
              "INFO     action: wait_draw | result: in_progress | client_id: 3",
              "INFO     action: wait_draw | result: in_progress | client_id: 3",
              "INFO     action: close_bets | result: success | client_id: 3");
    }
  }

  @Test
  void aFileThatChangedIsAConflict() throws Exception {
    MemoryCentral memory = MemoryCentral.with(AGENCY, 4, MadeUpBets.longest(AGENCY, 2), false);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        AgencyRun agency = uploading(central)) {
      assertThat(agency.exitCode()).isEqualTo(1);
      assertThat(memory.stored()).hasSize(2);
      assertThat(agency.lines())
          .last()
          .asString()
          .startsWith(
              "ERROR     action: apuesta_enviada | result: fail | client_id: 3 | error: CONFLICT:"
                  + " the central has 2 bets of checksum ");
    }
  }

  @Test
  void aFileThatIsNotThereIsNotLookedForAgain() throws Exception {
    Path file = directory.resolve("agency-3.csv");
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        AgencyRun agency = AgencyRun.uploading(central.port(), BetsFile.at(AGENCY, file))) {
      assertThat(agency.exitCode()).isEqualTo(1);
      assertThat(agency.lines())
          .containsExactly(
              "INFO     action: close_connection | result: success | client_id: 3",
              "ERROR     action: read_bets | result: fail | client_id: 3 | error: %s does not"
                      .formatted(file)
                  + " exist");
    }
  }

  private static AgencyRun uploading(ScriptedCentral central, String... flags) throws Exception {
    return AgencyRun.uploading(central.port(), BETS, flags);
  }
}
