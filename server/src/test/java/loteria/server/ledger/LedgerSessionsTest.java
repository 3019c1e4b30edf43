package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import org.junit.jupiter.api.Test;

/** Which session of an agency is listened to, and who is told the winners. */
class LedgerSessionsTest {
  private static final Message.AskWinners ASK = new Message.AskWinners();

  private final List<Bet> file = SampleBets.file(1, 10);

  @Test
  void fencesTheOlderSessionOnceAndIgnoresWhatComesOfItLate() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession older = ledger.greeted(1);
    TestSession newer = ledger.greeted(1);

    older.send(SampleBets.part(file, 0, 4), SampleBets.finish(1, List.of()), ASK);
    older.end();
    ledger.turn();
    newer.exchange(SampleBets.part(file, 0, 7));

    assertThat(older.heard()).hasSize(2);
    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard()).hasSize(2).last().isEqualTo(new Message.Stored(7));
  }

  /** It is fenced, and does not know it yet: the word is on the way. */
  @Test
  void ignoresWhatTheOlderSessionSaysBeforeItHearsThatItIsFenced() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession older = ledger.greeted(1);
    TestSession newer = ledger.session();
    newer.hello(1, 0);
    older.exchange(SampleBets.part(file, 0, 4), SampleBets.finish(1, file.subList(0, 4)), ASK);

    assertThat(older.heard()).hasSize(2);
    assertThat(older.refused()).extracting(Message.Refused::next).isEqualTo(0L);
    newer.exchange(SampleBets.part(file, 0, 7));
    assertThat(newer.last()).isEqualTo(new Message.Stored(7));
  }

  @Test
  void answersWhatTheOlderSessionAskedBeforeItIsFenced() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession older = ledger.greeted(1);
    older.send(SampleBets.part(file, 0, 4));
    TestSession newer = ledger.greeted(1);

    assertThat(older.heard()).hasSize(3).element(1).isEqualTo(new Message.Stored(4));
    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard())
        .singleElement()
        .satisfies(welcome -> assertThat(((Message.Welcome) welcome).state().next()).isEqualTo(4));
  }

  @Test
  void forgetsThatAFencedSessionWaited() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    TestSession older = ledger.finished(1, file);
    older.send(ASK);
    TestSession newer = ledger.greeted(1);
    ledger.finished(2, SampleBets.file(2, 5));

    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard()).as("it has not asked").hasSize(1);
    newer.exchange(ASK);
    assertThat(newer.last()).isInstanceOf(Message.WinnersPage.class);
  }

  @Test
  void refusesWinnersBeforeTheFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);
    session.exchange(ASK);

    assertThat(session.refused().refusal()).isEqualTo(Refusal.OUT_OF_ORDER);
  }

  @Test
  void tellsNoWinnersBeforeTheDrawAndEachAgencyOnlyItsOwn() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    List<Bet> none = List.of();
    TestSession first = ledger.finished(1, file);
    TestSession second = ledger.finished(2, none);
    first.send(ASK);
    second.exchange(ASK);
    assertThat(first.last()).isEqualTo(new Message.Finished(10));
    assertThat(ledger.log.with("action: sorteo")).isEmpty();

    TestSession third = ledger.finished(3, SampleBets.file(3, 12));
    assertThat(third.last()).isEqualTo(new Message.Finished(12));
    third.exchange(ASK);

    assertThat(SampleBets.winners(file)).isNotEmpty();
    assertThat(first.last()).isEqualTo(page(SampleBets.winners(file)));
    assertThat(second.last()).isEqualTo(page(List.of()));
    assertThat(third.last()).isEqualTo(page(SampleBets.winners(SampleBets.file(3, 12))));
    assertThat(ledger.log.with("action: sorteo", "result: success")).hasSize(1);
  }

  @Test
  void tellsWinnersAfterAllThatWasAskedBefore() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    ledger.finished(1, file);
    TestSession again = ledger.session();
    again.hello(1, 10);
    again.exchange(SampleBets.finish(1, file), ASK);

    assertThat(again.heard()).hasSize(4);
    assertThat(again.heard().getFirst()).isInstanceOf(Message.Welcome.class);
    assertThat(again.heard().get(1)).isEqualTo(new Message.Finished(10));
    assertThat(again.heard().get(2))
        .isInstanceOfSatisfying(
            Message.SealReceipt.class,
            receipt -> {
              assertThat(receipt.bets()).isEqualTo(10);
              assertThat(receipt.checksum()).isEqualTo(SampleBets.checksum(file));
            });
    assertThat(again.last()).isEqualTo(page(SampleBets.winners(file)));
  }

  /** A lottery with more winners than a page holds, whose agency has not asked yet. */
  private TestLedger manyWinners() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);
    Bet winner = new Bet(1, "A", "", "1".repeat(20), file.getFirst().birthDate(), Draw.NUMBER);
    for (int i = 0; i < 5; i++) {
      session.send(SampleBets.batch(1, 150L * i, Collections.nCopies(150, winner)));
    }
    session.exchange(SampleBets.finish(1, Collections.nCopies(750, winner)));
    return ledger;
  }

  private static List<Message.WinnersPage> pages(TestSession session) {
    return session.heard().stream()
        .filter(Message.WinnersPage.class::isInstance)
        .map(Message.WinnersPage.class::cast)
        .toList();
  }

  @Test
  void tellsMoreWinnersThanAFrameHoldsInPages() throws IOException {
    TestLedger ledger = manyWinners();
    TestSession session = ledger.greeted(1, 750);
    session.exchange(ASK);

    assertThat(pages(session)).hasSize(2).extracting(Message.WinnersPage::last).endsWith(true);
    assertThat(pages(session).getFirst().last()).isFalse();
    assertThat(pages(session).stream().mapToInt(page -> page.documents().size()).sum())
        .isEqualTo(750);
  }

  /** However many have won, one page waits for an agency that does not read. */
  @Test
  void readsThePageAfterOneOnlyWhenThatWasSent() throws IOException {
    TestLedger ledger = manyWinners();
    TestSession mute = ledger.greeted(1, 750);
    mute.reads(false);
    mute.exchange(ASK);
    int receiptBytes = mute.session().output().length();
    ledger.turn();
    assertThat(ledger.waitsAside()).isZero();
    assertThat(mute.session().output().length()).isEqualTo(receiptBytes).isLessThan(100);

    ledger.holdAside();
    mute.reads(true);
    ledger.turn();
    assertThat(mute.last()).isInstanceOf(Message.SealReceipt.class);
    assertThat(ledger.waitsAside()).as("the first page").isEqualTo(1);
    assertThat(mute.session().output().isEmpty()).isTrue();
    ledger.goOnAside();
    assertThat(pages(mute)).hasSize(2);
  }

  @Test
  void tellsNoMoreToASessionThatLeftWhileItsWinnersWereRead() throws IOException {
    TestLedger ledger = manyWinners();
    TestSession gone = ledger.greeted(1, 750);
    ledger.holdAside();
    gone.exchange(ASK);
    assertThat(gone.end()).isTrue();
    ledger.goOnAside();
    assertThat(ledger.waitsAside()).isZero();
    assertThat(pages(gone)).isEmpty();

    TestSession again = ledger.greeted(1, 750);
    again.exchange(ASK);
    assertThat(pages(again)).hasSize(2);
  }

  @Test
  void tellsNoMoreToASessionThatIsTakenOverWhileItsWinnersAreRead() throws IOException {
    TestLedger ledger = manyWinners();
    TestSession older = ledger.greeted(1, 750);
    ledger.holdAside();
    older.exchange(ASK);
    ledger.session().hello(1, 750);
    ledger.goOnAside();

    assertThat(pages(older)).isEmpty();
    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
  }

  @Test
  void holdsNoDrawForAnAgencyThatOnlyLeft() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file);
    TestSession stray = ledger.greeted(2);
    stray.end();
    ledger.settle();

    assertThat(ledger.log.with("action: sorteo")).isEmpty();
  }

  private static Message.WinnersPage page(List<String> documents) {
    return new Message.WinnersPage(Draw.NUMBER, true, documents);
  }
}
