package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import loteria.journal.DataDirectory;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import loteria.server.operator.Answer;
import org.junit.jupiter.api.Test;

/** A disk without room: what was not stored is refused, the rest goes on, and room cures it. */
class LedgerFullTest {
  private static final Message.AskWinners ASK = new Message.AskWinners();

  private final List<Bet> file = SampleBets.file(1, 10);

  private static Message.Refused full(long next) {
    return new Message.Refused(Refusal.STORAGE_FULL, 0, next, "no room left");
  }

  @Test
  void refusesWhatItCannotStoreAndAnswersTheRest() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(4);
    ledger.finished(2, SampleBets.file(2, 5));
    TestSession stored = ledger.greeted(2, 5);
    TestSession uploading = ledger.greeted(1);
    uploading.send(SampleBets.part(file, 0, 2));
    TestSession finishing = ledger.greeted(3);
    ledger.disk.limitTo(ledger.disk.used() + 50);

    uploading.send(SampleBets.part(file, 2, 5), SampleBets.part(file, 5, 10));
    finishing.send(SampleBets.finish(3, List.of()), ASK);
    stored.send(SampleBets.part(SampleBets.file(2, 5), 0, 5));
    TestSession coming = ledger.greeted(4);

    assertThat(uploading.heard().get(2)).isEqualTo(full(2));
    assertThat(finishing.heard().get(1)).isEqualTo(full(0));
    assertThat(stored.last()).isEqualTo(new Message.Stored(5));
    assertThat(coming.last()).isInstanceOf(Message.Welcome.class);
    assertThat(ledger.log.with("apuesta_recibida", "result: fail", "STORAGE_FULL")).hasSize(2);
    assertThat(ledger.log.with("finish_agency")).hasSize(1);
    assertThat(ledger.figures.refusals(Refusal.STORAGE_FULL)).isEqualTo(2);
    assertThat(ledger.figures.connected(1)).isFalse();
  }

  @Test
  void neverSaysThatMoreIsStoredThanIs() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);
    TestSession other = ledger.session();
    ledger.disk.limitTo(ledger.disk.used());

    session.send(SampleBets.part(file, 0, 5));
    other.hello(1, 9);
    session.sendBytes(new byte[8]);
    ledger.turn();

    assertThat(other.refused().refusal()).isEqualTo(Refusal.ACKED_LOST);
    assertThat(session.refused().next()).isZero();
    assertThat(other.refused().next()).isZero();
  }

  /** The newer session was to be welcomed with what turns out not to be stored. */
  @Test
  void welcomesNobodyWithWhatFoundNoRoom() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession older = ledger.greeted(1);
    ledger.disk.limitTo(ledger.disk.used());
    older.send(SampleBets.part(file, 0, 5));
    TestSession newer = ledger.greeted(1);

    older.requireRefused(Refusal.FENCED, 0);
    assertThat(newer.heard()).containsExactly(full(0));
  }

  @Test
  void storesThemWhenTheyComeBackAndThereIsRoom() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);
    session.exchange(SampleBets.part(file, 0, 2));
    ledger.disk.limitTo(ledger.disk.used());
    session.exchange(SampleBets.part(file, 2, 10));
    session.exchange(SampleBets.part(file, 2, 10));
    assertThat(session.heard()).as("a refused session is over").hasSize(3);

    ledger.disk.limitTo(Long.MAX_VALUE);
    TestSession again = ledger.greeted(1, 2);
    again.exchange(SampleBets.part(file, 2, 10), SampleBets.finish(1, file));

    assertThat(again.heard()).hasSize(3).endsWith(new Message.Stored(10), new Message.Finished(10));
    assertThat(text(ledger, DataDirectory.BETS)).isEqualTo(SampleBets.csv(file));
  }

  /** The older group finds no room while the younger is decided: neither has happened. */
  @Test
  void undoesBothGroupsWhenTheOlderFindsNoRoom() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    TestSession first = ledger.greeted(1);
    first.send(SampleBets.part(file, 0, 2));
    TestSession second = ledger.greeted(2);
    TestSession third = ledger.finished(3, List.of());
    byte[] journal = ledger.disk.bytes(DataDirectory.JOURNAL);
    ledger.storeLater();
    ledger.disk.limitTo(ledger.disk.used() + 10);

    first.exchange(SampleBets.part(file, 2, 5));
    first.send(SampleBets.part(file, 5, 10), SampleBets.finish(1, file));
    second.send(SampleBets.part(SampleBets.file(2, 4), 0, 4));
    third.send(ASK);
    TestSession again = ledger.greeted(3);
    ledger.turn();
    assertThat(first.heard()).as("nothing before the store").hasSize(2);
    assertThat(again.heard()).isEmpty();
    ledger.storeBlock();

    assertThat(first.last()).isEqualTo(full(2));
    assertThat(second.last()).isEqualTo(full(0));
    assertThat(third.refused().refusal()).as("it lost nothing").isEqualTo(Refusal.FENCED);
    assertThat(again.last()).isInstanceOf(Message.Welcome.class);
    assertThat(first.heard()).hasSize(3);
    assertThat(ledger.disk.bytes(DataDirectory.JOURNAL)).isEqualTo(journal);
    assertThat(ledger.log.with("apuesta_recibida", "result: fail", "STORAGE_FULL")).hasSize(3);

    ledger.storeAtOnce();
    ledger.disk.limitTo(Long.MAX_VALUE);
    TestSession resumed = ledger.greeted(1, 2);
    assertThat(((Message.Welcome) resumed.last()).state())
        .isEqualTo(SampleBets.state(file.subList(0, 2)));
    resumed.exchange(SampleBets.part(file, 2, 10), SampleBets.finish(1, file), ASK);
    ledger.finished(2, List.of());
    assertThat(resumed.last()).isInstanceOf(Message.WinnersPage.class);
    assertThat(text(ledger, DataDirectory.BETS)).isEqualTo(SampleBets.csv(file));
  }

  /** What the rules said of a finish, or a closing, that has not happened. */
  @Test
  void tellsNobodyThatItIsClosedByWhatWasUndone() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    TestSession session = ledger.greeted(1);
    ledger.storeLater();
    ledger.disk.limitTo(ledger.disk.used() + 10);
    List<Answer> answers = new ArrayList<>();
    ledger.close(answers::add, 1);
    ledger.turn();
    session.exchange(SampleBets.part(file, 0, 5));
    assertThat(answers).isEmpty();
    ledger.storeBlock();

    assertThat(answers).containsExactly(new Answer.Refused("no room left"));
    assertThat(session.last()).isEqualTo(full(0));
    ledger.storeAtOnce();
    ledger.disk.limitTo(Long.MAX_VALUE);
    TestSession again = ledger.greeted(1);
    again.exchange(SampleBets.part(file, 0, 5));
    assertThat(again.last()).isEqualTo(new Message.Stored(5));
  }

  @Test
  void sealsAndDrawsWhenThereIsRoomAgain() throws IOException {
    TestLedger probe = TestLedger.ofAgencies(1);
    probe.finished(1, file);
    long afterTheDraw = probe.disk.used();
    for (long room = journalAtFinish(); room < afterTheDraw; room++) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      ledger.disk.limitTo(room);
      TestSession session = ledger.finished(1, file);
      session.exchange(ASK);
      ledger.settle();
      assertThat(session.last()).as("room for %d bytes", room).isEqualTo(new Message.Finished(10));
      assertThat(ledger.disk.has(DataDirectory.BETS_UNFINISHED)).isFalse();

      ledger.disk.limitTo(Long.MAX_VALUE);
      ledger.settle();
      assertThat(session.last()).isInstanceOf(Message.WinnersPage.class);
      assertThat(text(ledger, DataDirectory.BETS)).isEqualTo(SampleBets.csv(file));
      assertThat(ledger.log.with("action: sorteo")).hasSize(1);
      assertThat(ledger.log.with("action: seal_bets")).hasSize(1);
      assertThat(TestLedger.open(ledger.disk, 1).log.with("action: sorteo")).isEmpty();
    }
  }

  private long journalAtFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file);
    return ledger.disk.used();
  }

  @Test
  void showsThatItIsFullUntilSomethingIsStored() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    ledger.disk.limitTo(ledger.disk.used());
    TestSession session = ledger.greeted(1);
    session.exchange(SampleBets.part(file, 0, 5));
    assertThat(ledger.figures.state()).hasToString("storage_full");
    ledger.disk.limitTo(Long.MAX_VALUE);
    TestSession again = ledger.greeted(1);
    again.exchange(SampleBets.part(file, 0, 5));
    assertThat(ledger.figures.state()).hasToString("receiving");
    assertThat(ledger.durable(1)).isNotEqualTo(AgencyState.NEW);
  }

  private static String text(TestLedger ledger, String name) {
    return new String(ledger.disk.bytes(name), StandardCharsets.UTF_8);
  }
}
