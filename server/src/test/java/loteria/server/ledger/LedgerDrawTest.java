package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import loteria.journal.DataDirectory;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import loteria.server.operator.Answer;
import loteria.server.operator.Drawing;
import loteria.server.status.Status;
import org.junit.jupiter.api.Test;

/** The bets are sealed first, and an operator says the number later. */
class LedgerDrawTest {
  private static final Message.AskWinners ASK = new Message.AskWinners();

  private final List<Bet> first = SampleBets.file(1, 9);
  private final List<Bet> second = SampleBets.file(2, 4);
  private final int number = first.getFirst().number();
  private final int other = (number + 1) % 10_000;
  private final List<Answer> answers = new ArrayList<>();
  private final TestLedger ledger;

  LedgerDrawTest() throws IOException {
    ledger = TestLedger.waiting(new FaultyDisk(0), 2);
  }

  private void draw(TestLedger asked, int said) {
    asked
        .ledger()
        .ask(
            new Drawing(said),
            answer -> {
              asked.disk.requireSynced();
              answers.add(answer);
            });
  }

  private void drawAndTurn(int said) throws IOException {
    draw(ledger, said);
    ledger.turn();
  }

  private static Answer drawn(int said, boolean earlier) {
    long winners =
        java.util.stream.Stream.concat(
                SampleBets.file(1, 9).stream(), SampleBets.file(2, 4).stream())
            .filter(bet -> bet.number() == said)
            .count();
    return new Answer.Drawn(new Lottery.Drawn(said, winners, TestLedger.TIME), earlier);
  }

  /** Both have finished, and the first one waits. */
  private TestSession sealed() throws IOException {
    TestSession waiting = ledger.finished(1, first);
    waiting.send(ASK);
    ledger.finished(2, second);
    return waiting;
  }

  @Test
  void sealsWithoutANumberAndLetsTheAgenciesWait() throws IOException {
    TestSession waiting = sealed();
    Lottery.Sealed seal = Objects.requireNonNull(ledger.figures.sealed());
    assertThat(seal.seal().bets()).isEqualTo(13);
    assertThat(seal.at()).isEqualTo(TestLedger.TIME);
    assertThat(ledger.figures.state()).isEqualTo(Status.State.SEALED);
    assertThat(ledger.log.with("action: await_number | result: in_progress")).hasSize(1);
    assertThat(ledger.log.with("action: seal_bets", "| sealed_at: " + TestLedger.TIME)).hasSize(1);

    for (int turn = 0; turn < 20; turn++) {
      ledger.pass(10_000);
      waiting.send(new Message.Pong());
      ledger.settle();
    }
    assertThat(waiting.isClosed()).isFalse();
    assertThat(waiting.heard()).filteredOn(Message.Ping.class::isInstance).isNotEmpty();
    assertThat(waiting.heard()).noneMatch(Message.SealReceipt.class::isInstance);
    assertThat(ledger.log.with("action: sorteo")).isEmpty();
  }

  @Test
  void drawsTheNumberThatTheOperatorSaysAndTellsThoseWhoWait() throws IOException {
    TestSession waiting = sealed();
    drawAndTurn(number);
    assertThat(answers).containsExactly(drawn(number, false));
    List<String> winning =
        first.stream().filter(bet -> bet.number() == number).map(Bet::document).toList();
    assertThat(winning).isNotEmpty();
    assertThat(waiting.last())
        .isInstanceOfSatisfying(
            Message.WinnersPage.class, page -> assertThat(page.documents()).isEqualTo(winning));
    assertThat(ledger.figures.state()).isEqualTo(Status.State.DRAWN);
    assertThat(ledger.log.with("action: sorteo | result: success")).hasSize(1);
    assertThat(
            ledger
                .log
                .with("action: hold_draw | result: success | number: " + number + " |")
                .getFirst())
        .endsWith("| drawn_at: " + TestLedger.TIME);
  }

  @Test
  void saysThatThereIsNoRoomForTheSeal() throws IOException {
    TestLedger probe = TestLedger.waiting(new FaultyDisk(0), 2);
    probe.finished(1, first);
    probe.holdAside();
    probe.finished(2, second);
    ledger.disk.limitTo(probe.disk.used());
    ledger.finished(1, first);
    ledger.finished(2, second);
    ledger.settle();
    drawAndTurn(number);
    assertThat(answers.getLast())
        .isEqualTo(
            new Answer.Refused(
                "there is no room to seal the bets: say it again when they are sealed"));
    ledger.disk.limitTo(Long.MAX_VALUE);
    ledger.settle();
    drawAndTurn(number);
    assertThat(answers.getLast()).isEqualTo(drawn(number, false));
  }

  @Test
  void drawsOnceForGood() throws IOException {
    sealed();
    drawAndTurn(number);
    drawAndTurn(number);
    drawAndTurn(other);
    assertThat(answers)
        .containsExactly(
            drawn(number, false),
            drawn(number, true),
            new Answer.Refused(
                "the number %d was drawn at %s, and stays".formatted(number, TestLedger.TIME)));
    assertThat(ledger.log.with("action: sorteo")).hasSize(1);
    assertThat(ledger.log.with("action: hold_draw | result: fail")).hasSize(1);
  }

  @Test
  void refusesBeforeTheSealAndSaysWhoIsMissing() throws IOException {
    drawAndTurn(number);
    ledger.finished(1, first);
    drawAndTurn(number);
    ledger.holdAside();
    ledger.finished(2, second);
    drawAndTurn(number);
    assertThat(answers)
        .containsExactly(
            new Answer.Refused("the bets are not sealed: agencies are missing: 1, 2"),
            new Answer.Refused("the bets are not sealed: agencies are missing: 2"),
            new Answer.Refused("the bets are being sealed: say it again when they are"));
    ledger.goOnAside();
    assertThat(ledger.figures.state()).isEqualTo(Status.State.SEALED);

    TestLedger many = TestLedger.waiting(new FaultyDisk(0), 300);
    draw(many, number);
    assertThat(answers.getLast())
        .isEqualTo(
            new Answer.Refused(
                "the bets are not sealed: agencies are missing: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,"
                    + " 12 and 288 more"));
  }

  @Test
  void holdsOneDrawForAllWhoSayTheNumberMeanwhile() throws IOException {
    sealed();
    ledger.holdAside();
    drawAndTurn(number);
    drawAndTurn(other);
    drawAndTurn(number);
    assertThat(answers)
        .containsExactly(new Answer.Refused("the number %d is being drawn".formatted(number)));
    ledger.storeLater();
    ledger.goOnAside();
    assertThat(answers).as("not before it is durable").hasSize(1);
    drawAndTurn(other);
    assertThat(answers.get(1)).isEqualTo(answers.getFirst());
    ledger.storeAtOnce();
    assertThat(answers.subList(2, answers.size()))
        .containsExactly(drawn(number, false), drawn(number, false));
    assertThat(ledger.log.with("action: sorteo")).hasSize(1);
  }

  @Test
  void takesAnotherNumberWhenThereWasNoRoomForTheFirst() throws IOException {
    TestSession waiting = sealed();
    long used = ledger.disk.used();
    ledger.disk.limitTo(used);
    drawAndTurn(number);
    ledger.settle();
    assertThat(answers).containsExactly(new Answer.Refused("no room left"));
    assertThat(waiting.heard()).noneMatch(Message.SealReceipt.class::isInstance);
    ledger.disk.limitTo(Long.MAX_VALUE);
    ledger.settle();
    assertThat(ledger.log.with("action: sorteo")).as("nobody has said it again").isEmpty();
    drawAndTurn(other);
    assertThat(answers.getLast()).isEqualTo(drawn(other, false));
  }

  @Test
  void goesOnFromTheSameSealAfterARestart() throws IOException {
    sealed();
    Lottery.Sealed seal = Objects.requireNonNull(ledger.figures.sealed());
    byte[] bets = ledger.disk.bytes(DataDirectory.BETS);
    ledger.ledger().close();

    TestLedger again = TestLedger.waiting(ledger.disk, 2);
    assertThat(again.figures.sealed()).isEqualTo(seal);
    assertThat(again.figures.state()).isEqualTo(Status.State.SEALED);
    assertThat(again.log.with("action: seal_bets")).isEmpty();
    assertThat(again.log.with("action: await_number")).hasSize(1);
    assertThat(
            again.log.with(
                "action: recover_seal | result: success | bets: 13 | sha256: "
                    + seal.seal().sha256()
                    + " | sealed_at: "
                    + TestLedger.TIME))
        .hasSize(1);
    draw(again, number);
    again.turn();
    assertThat(answers).containsExactly(drawn(number, false));
    assertThat(ledger.disk.bytes(DataDirectory.BETS)).isEqualTo(bets);
    again.ledger().close();

    TestLedger over = TestLedger.waiting(ledger.disk, 2);
    draw(over, number);
    draw(over, other);
    assertThat(answers.get(1)).isEqualTo(drawn(number, true));
    assertThat(answers.get(2)).isInstanceOf(Answer.Refused.class);
    assertThat(over.figures.drawnAt()).isEqualTo(TestLedger.TIME);
    assertThat(over.log.with("action: recover_seal")).hasSize(1);
    assertThat(over.log.with("action: recover_draw", "number: " + number, "is over")).hasSize(1);
    assertThat(over.log.with("action: await_number")).isEmpty();
    assertThat(over.log.with("action: sorteo")).isEmpty();
  }

  /** A number that an operator was told is drawn stays, wherever the power goes. */
  @Test
  void keepsTheDrawThatWasToldWhereverThePowerGoes() throws IOException {
    int cut = 0;
    boolean wasDrawn = false;
    for (int call = 1; !wasDrawn; call++) {
      FaultyDisk disk = new FaultyDisk(call);
      TestLedger lost = TestLedger.waiting(disk, 2);
      lost.finished(1, first);
      lost.finished(2, second);
      answers.clear();
      disk.losePowerAtCall(call);
      try {
        draw(lost, number);
        lost.turn();
        wasDrawn = true;
      } catch (IOException | RuntimeException | Error _) {
        cut++;
      }
      boolean told = !answers.isEmpty();
      disk.restartAfterPowerLoss();
      TestLedger again = TestLedger.waiting(disk, 2);
      draw(again, number);
      again.turn();
      assertThat(answers.getLast()).isEqualTo(drawn(number, told || answered(again)));
    }
    assertThat(cut).isGreaterThan(2);
  }

  /** Whether the journal had the draw when it was opened. */
  private static boolean answered(TestLedger again) {
    return !again.log.with("action: recover_draw").isEmpty();
  }

  @Test
  void showsTheDrawThatTheSettingsHeld() throws IOException {
    TestLedger automatic = TestLedger.open(new FaultyDisk(0), 2);
    draw(automatic, Draw.NUMBER);
    automatic.finished(1, first);
    automatic.finished(2, second);
    draw(automatic, Draw.NUMBER);
    draw(automatic, (Draw.NUMBER + 1) % 10_000);
    assertThat(answers.get(0))
        .isEqualTo(new Answer.Refused("the bets are not sealed: agencies are missing: 1, 2"));
    assertThat(answers.get(1)).isEqualTo(drawn(Draw.NUMBER, true));
    assertThat(answers.get(2)).isInstanceOf(Answer.Refused.class);
  }
}
