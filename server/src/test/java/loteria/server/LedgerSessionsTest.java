package loteria.server;

import static loteria.server.TestLedger.ask;
import static loteria.server.TestLedger.finish;
import static loteria.server.TestLedger.greet;
import static loteria.server.TestLedger.leave;
import static loteria.server.TestLedger.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** Which session of an agency is listened to, and who is told the winners. */
class LedgerSessionsTest {
  private final List<Bet> file = SampleBets.file(1, 10);

  @Test
  void fencesTheOlderSessionOnceAndIgnoresWhatComesOfItLate() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession older = ledger.greeted(1);
    RecordingSession newer = ledger.greeted(1);

    ledger.process(
        store(older, SampleBets.part(file, 0, 4)),
        finish(older, 1, List.of()),
        ask(older, 1),
        leave(older, 1));
    ledger.process(store(newer, SampleBets.part(file, 0, 7)));

    assertThat(older.heard()).hasSize(2);
    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard()).hasSize(2).last().isEqualTo(new Message.Stored(7));
  }

  @Test
  void answersWhatTheOlderSessionAskedBeforeItIsFenced() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession older = ledger.greeted(1);
    RecordingSession newer = ledger.session();
    ledger.process(store(older, SampleBets.part(file, 0, 4)), greet(newer, 1, 0));

    assertThat(older.heard()).hasSize(3).element(1).isEqualTo(new Message.Stored(4));
    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard())
        .singleElement()
        .satisfies(
            welcome -> assertThat(((Message.Welcome) welcome).standing().next()).isEqualTo(4));
  }

  @Test
  void forgetsThatAFencedSessionWaited() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    RecordingSession older = ledger.finished(1, file);
    ledger.process(ask(older, 1));
    RecordingSession newer = ledger.greeted(1);
    ledger.finished(2, SampleBets.file(2, 5));

    assertThat(older.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(newer.heard()).as("it has not asked").hasSize(1);
    ledger.process(ask(newer, 1));
    assertThat(newer.last()).isInstanceOf(Message.WinnersPage.class);
  }

  @Test
  void refusesWinnersBeforeTheFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    ledger.process(ask(session, 1));

    assertThat(session.refused().refusal()).isEqualTo(Refusal.OUT_OF_ORDER);
  }

  @Test
  void tellsNoWinnersBeforeTheDrawAndEachAgencyOnlyItsOwn() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    List<Bet> none = List.of();
    RecordingSession first = ledger.finished(1, file);
    RecordingSession second = ledger.finished(2, none);
    ledger.process(ask(first, 1), ask(second, 2));
    assertThat(first.last()).isEqualTo(new Message.Finished(10));
    assertThat(ledger.log.with("action: sorteo")).isEmpty();

    RecordingSession third = ledger.finished(3, SampleBets.file(3, 12));
    assertThat(third.last()).isEqualTo(new Message.Finished(12));
    ledger.process(ask(third, 3));

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
    RecordingSession again = ledger.session();
    ledger.process(greet(again, 1, 10), finish(again, 1, file), ask(again, 1));

    assertThat(again.heard()).hasSize(4);
    assertThat(again.heard().getFirst()).isInstanceOf(Message.Welcome.class);
    assertThat(again.heard().get(1)).isEqualTo(new Message.Finished(10));
    assertThat(again.heard().get(2)).isInstanceOf(Message.Included.class);
    assertThat(again.last()).isEqualTo(page(SampleBets.winners(file)));
  }

  @Test
  void tellsMoreWinnersThanAFrameHoldsInPages() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    Bet winner = new Bet(1, "A", "", "1".repeat(20), file.getFirst().birthDate(), Draw.NUMBER);
    List<Bet> batch = Collections.nCopies(200, winner);
    for (int i = 0; i < 5; i++) {
      ledger.process(store(session, SampleBets.batch(1, 200L * i, batch)));
    }
    ledger.process(finish(session, 1, Collections.nCopies(1000, winner)));
    ledger.process(ask(session, 1));

    List<Message.WinnersPage> pages =
        session.heard().stream()
            .filter(Message.WinnersPage.class::isInstance)
            .map(Message.WinnersPage.class::cast)
            .toList();
    assertThat(pages).hasSize(3).extracting(Message.WinnersPage::last).endsWith(false, true);
    assertThat(pages.stream().mapToInt(page -> page.documents().size()).sum()).isEqualTo(1000);
  }

  @Test
  void holdsNoDrawForAnAgencyThatOnlyLeft() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file);
    RecordingSession stray = ledger.greeted(2);
    ledger.process(leave(stray, 2));
    ledger.ledger().settle();

    assertThat(ledger.log.with("action: sorteo")).isEmpty();
  }

  private static Message.WinnersPage page(List<String> documents) {
    return new Message.WinnersPage(Draw.NUMBER, true, documents);
  }
}
