package loteria.server.ledger;

import static loteria.server.ledger.TestLedger.REASON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.journal.DataDirectory;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import org.junit.jupiter.api.Test;

/** An operator ends the wait for agencies. */
class LedgerClosingTest {
  private static final Message.AskWinners ASK = new Message.AskWinners();

  private final List<Bet> first = SampleBets.file(1, 4);
  private final List<Bet> second = SampleBets.file(2, 9);
  private final List<Answer> answers = new ArrayList<>();
  private final TestLedger ledger;

  LedgerClosingTest() throws IOException {
    ledger = TestLedger.ofAgencies(2);
  }

  private void told(Answer answer) {
    ledger.disk.requireSynced();
    answers.add(answer);
  }

  private void close(int agency) throws IOException {
    ledger.close(this::told, agency);
    ledger.turn();
  }

  private static Message.Closed closed(int agency, long bets) {
    return new Message.Closed(agency, bets, REASON);
  }

  /** The first agency has finished and waits, the second is half-way. */
  private TestSession halfWay() throws IOException {
    TestSession waiting = ledger.finished(1, first);
    waiting.send(ASK);
    TestSession coming = ledger.greeted(2);
    coming.exchange(SampleBets.part(second, 0, 5));
    return coming;
  }

  @Test
  void sealsAndDrawsWithoutTheAgencyAndKeepsWhatItHadStored() throws IOException {
    TestSession waiting = ledger.finished(1, first);
    waiting.send(ASK);
    TestSession coming = ledger.greeted(2);
    coming.exchange(SampleBets.part(second, 0, 5));
    ledger.close(this::told, 2);
    coming.exchange(SampleBets.part(second, 5, 9), SampleBets.finish(2, second));

    assertThat(answers).containsExactly(new Answer.Closed(List.of(closed(2, 5)), List.of(), 0));
    assertThat(coming.heard()).hasSize(3).element(1).isEqualTo(new Message.Stored(5));
    assertThat(coming.refused())
        .isEqualTo(
            new Message.Refused(
                Refusal.CLOSED, 0, 5, "the operator has closed the agency with 5 bets: no llegó"));
    List<Bet> sealed = Stream.concat(first.stream(), second.subList(0, 5).stream()).toList();
    assertThat(new String(ledger.disk.bytes(DataDirectory.BETS), StandardCharsets.UTF_8))
        .isEqualTo(SampleBets.csv(sealed));
    assertThat(waiting.heard())
        .filteredOn(Message.SealReceipt.class::isInstance)
        .singleElement()
        .satisfies(receipt ->
            assertThat(((Message.SealReceipt) receipt).seal().closed()).containsExactly(2));
    assertThat(waiting.last()).isInstanceOf(Message.WinnersPage.class);
    assertThat(
            ledger.log.with(
                "action: close_agency | result: success | agency: 2 | bets: 5 |"
                    + " reason: no llegó"))
        .hasSize(1);
    assertThat(ledger.log.with("action: seal_bets | ", " | closed: 2")).hasSize(1);
    assertThat(ledger.log.with("action: sorteo | result: success")).hasSize(1);
  }

  @Test
  void saysThatAnAgencyHasFinishedOnceThatIsDurable() throws IOException {
    TestSession coming = halfWay();
    ledger.storeLater();
    coming.exchange(SampleBets.part(second, 5, 9), SampleBets.finish(2, second));
    close(2);
    assertThat(answers).isEmpty();
    ledger.storeAtOnce();

    assertThat(answers).containsExactly(new Answer.Refused("agency 2 has finished with 9 bets"));
  }

  @Test
  void refusesAnAgencyThatComesAgain() throws IOException {
    TestSession coming = halfWay();
    close(2);
    for (TestLedger now : List.of(ledger, TestLedger.open(ledger.disk, 2))) {
      TestSession again = now.session();
      again.hello(2, 5);
      again.exchange(SampleBets.finish(2, second.subList(0, 5)), ASK);
      assertThat(again.heard()).hasSize(1);
      assertThat(again.refused()).isEqualTo(coming.refused());
    }
  }

  @Test
  void tellsOfLostBetsBeforeAnythingElse() throws IOException {
    halfWay();
    ledger.close(this::told, 2);
    TestSession again = ledger.greeted(2, 6);
    assertThat(again.refused().refusal()).isEqualTo(Refusal.ACKED_LOST);
  }

  @Test
  void closesOnceAndKeepsTheFirstReason() throws IOException {
    halfWay();
    close(2);
    byte[] journal = ledger.disk.bytes(DataDirectory.JOURNAL);
    ledger.ledger().ask(TestLedger.closing(2, "another one"), this::told);
    ledger.turn();
    assertThat(answers.getLast()).isEqualTo(new Answer.Closed(List.of(), List.of(closed(2, 5)), 0));
    assertThat(ledger.disk.bytes(DataDirectory.JOURNAL)).isEqualTo(journal);
    assertThat(ledger.log.with("close_agency")).hasSize(1);
  }

  @Test
  void closesNoAgencyThatHasFinishedOrIsUnknown() throws IOException {
    TestSession finished = ledger.finished(1, first);
    byte[] journal = ledger.disk.bytes(DataDirectory.JOURNAL);
    ledger.close(this::told, 1);
    close(3);
    assertThat(answers)
        .containsExactly(
            new Answer.Refused("agency 1 has finished with 4 bets"),
            new Answer.Refused("agency 3 is not one of 1 to 2"));
    assertThat(ledger.disk.bytes(DataDirectory.JOURNAL)).isEqualTo(journal);
    assertThat(finished.last()).isEqualTo(new Message.Finished(4));
    assertThat(ledger.log.with("close_agency | result: fail | error: agency")).hasSize(2);
  }

  @Test
  void closesAllThatAreMissingAndTellsWhoTheyWere() throws IOException {
    TestLedger five = TestLedger.ofAgencies(5);
    five.finished(3, List.of());
    TestSession silent = five.greeted(4);
    five.closeAllMissing(answers::add);
    five.closeAllMissing(answers::add);
    five.turn();
    assertThat(answers)
        .containsExactly(
            new Answer.Closed(
                List.of(closed(1, 0), closed(2, 0), closed(4, 0), closed(5, 0)), List.of(), 0),
            new Answer.Closed(List.of(), List.of(), 0));
    assertThat(silent.refused().refusal()).isEqualTo(Refusal.CLOSED);
    assertThat(five.log.with("action: seal_bets", "bets: 0", "closed: 1,2,4,5")).hasSize(1);
    five.closeAllMissing(answers::add);
    five.turn();
    assertThat(answers.getLast()).isEqualTo(answers.get(1));
  }

  @Test
  void closesAsManyAtOnceAsThereCanBeAndNoneOfMore() throws IOException {
    ClosingReason longest = new ClosingReason("x".repeat(ClosingReason.BYTES_MAX));
    TestLedger most = TestLedger.ofAgencies(Lottery.CLOSED_MAX);
    most.ledger().ask(Closing.ofAllMissing(longest), answers::add);
    most.turn();
    assertThat(answers.getLast())
        .isInstanceOfSatisfying(
            Answer.Closed.class,
            done ->
                assertThat(done.closed().stream().map(Message.Closed::agency))
                    .isEqualTo(IntStream.rangeClosed(1, Lottery.CLOSED_MAX).boxed().toList()));
    assertThat(most.log.with("action: sorteo")).hasSize(1);

    TestLedger more = TestLedger.ofAgencies(Lottery.CLOSED_MAX + 1);
    more.closeAllMissing(answers::add);
    more.turn();
    assertThat(answers.getLast())
        .isEqualTo(new Answer.Refused("4001 agencies would be closed, where 4000 can be"));
    assertThat(more.log.with("close_agency | result: success")).isEmpty();
    assertThat(more.greeted(7).last()).isInstanceOf(Message.Welcome.class);
  }

  @Test
  void closesNobodyWithoutRoomAndGoesOn() throws IOException {
    TestSession coming = halfWay();
    long used = ledger.disk.used();
    ledger.disk.limitTo(used + 20);
    close(2);
    assertThat(answers).containsExactly(new Answer.Refused("no room left"));
    assertThat(coming.last()).isEqualTo(new Message.Stored(5));

    ledger.disk.limitTo(Long.MAX_VALUE);
    coming.exchange(SampleBets.part(second, 5, 9));
    assertThat(coming.last()).isEqualTo(new Message.Stored(9));
    close(2);
    assertThat(answers.getLast()).isEqualTo(new Answer.Closed(List.of(closed(2, 9)), List.of(), 0));
  }

  @Test
  void remembersWhoWasClosedBeforeTheSeal() throws IOException {
    TestLedger three = TestLedger.ofAgencies(3);
    TestSession coming = three.greeted(2);
    coming.send(SampleBets.part(second, 0, 5));
    three.close(answers::add, 2);
    three.turn();
    assertThat(answers.getLast()).isEqualTo(new Answer.Closed(List.of(closed(2, 5)), List.of(), 2));
    TestLedger again = TestLedger.open(three.disk, 3);
    again.greeted(1);
    assertThat(again.ledger().missing()).containsExactly(1, 3);
    again.close(answers::add, 2);
    again.turn();
    assertThat(answers.getLast()).isEqualTo(new Answer.Closed(List.of(), List.of(closed(2, 5)), 2));
    again.finished(1, first);
    again.finished(3, List.of());
    assertThat(again.log.with("action: seal_bets", "bets: 9", "closed: 2")).hasSize(1);
  }

  @Test
  void refusesAJournalWhoseClosingsDoNotAgree() throws IOException {
    Message batch = SampleBets.part(first, 0, 4);
    Message close = closed(1, 4);
    Message finish = SampleBets.finish(1, first);
    String sha256 = "00".repeat(32);
    for (List<Message> records :
        List.of(
            List.of(batch, closed(1, 3)),
            List.of(batch, close, close),
            List.of(batch, finish, close),
            List.of(batch, close, finish),
            List.of(batch, close, new Message.Sealed(new Seal(4, sha256), TestLedger.TIME)),
            List.of(
                batch,
                finish,
                new Message.Sealed(new Seal(4, sha256, List.of(1)), TestLedger.TIME)))) {
      FaultyDisk disk = TestLedger.journalled(records);
      assertThatIOException()
          .isThrownBy(() -> TestLedger.open(disk, 1))
          .withMessageContaining("the journal's record at");
    }
  }

  /** The word is counted where it is said, and the page shows that nobody is there. */
  @Test
  void showsAClosedAgencyAsGoneAndItsRefusalAsOne() throws IOException {
    TestSession coming = halfWay();
    assertThat(ledger.figures.connected(2)).isTrue();
    close(2);

    assertThat(coming.refused().refusal()).isEqualTo(Refusal.CLOSED);
    assertThat(ledger.figures.connected(2)).isFalse();
    assertThat(ledger.figures.closedFor(2)).isEqualTo(REASON);
    assertThat(ledger.figures.refusals(Refusal.CLOSED)).isEqualTo(1);
  }

  @Test
  void answersAnOperatorWhoAsksWhileABlockIsStored() throws IOException {
    TestSession coming = halfWay();
    ledger.storeLater();
    coming.exchange(SampleBets.part(second, 5, 7));
    ledger.close(this::told, 9);
    close(2);
    assertThat(answers).isEmpty();
    ledger.storeBlock();
    assertThat(answers).containsExactly(new Answer.Refused("agency 9 is not one of 1 to 2"));
    assertThat(coming.last()).as("it is not closed yet").isEqualTo(new Message.Stored(7));
    ledger.storeAtOnce();

    assertThat(answers.getLast()).isEqualTo(new Answer.Closed(List.of(closed(2, 7)), List.of(), 0));
    assertThat(coming.refused().next()).isEqualTo(7);
  }

  /**
   * One behind the other while a group is under way: all are answered, though nobody else comes.
   */
  @Test
  void answersEveryOperatorWhoWaitsForAGroup() throws IOException {
    TestSession coming = halfWay();
    coming.send(SampleBets.part(second, 5, 7));
    ledger.close(this::told, 9);
    ledger.close(this::told, 1);
    ledger.close(this::told, 2);
    ledger.close(this::told, 2);
    assertThat(answers).isEmpty();
    ledger.turn();

    assertThat(answers)
        .containsExactly(
            new Answer.Refused("agency 9 is not one of 1 to 2"),
            new Answer.Refused("agency 1 has finished with 4 bets"),
            new Answer.Closed(List.of(closed(2, 7)), List.of(), 0),
            new Answer.Closed(List.of(), List.of(closed(2, 7)), 0));
  }

  @Test
  void tellsAnOperatorWhoWaitsThatTheCentralGoesDown() throws IOException {
    TestSession coming = halfWay();
    ledger.storeLater();
    coming.exchange(SampleBets.part(second, 5, 7));
    coming.send(SampleBets.part(second, 7, 8));
    ledger.close(this::told, 2);
    ledger.storeAtOnce();
    ledger.ledger().goDown();
    ledger.turn();
    assertThat(answers).hasSize(1);
  }
}
