package loteria.server;

import static loteria.server.TestLedger.ask;
import static loteria.server.TestLedger.finish;
import static loteria.server.TestLedger.greet;
import static loteria.server.TestLedger.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** A disk without room: what was not stored is refused, the rest goes on, and room cures it. */
class LedgerFullTest {
  private final List<Bet> file = SampleBets.file(1, 10);

  @Test
  void refusesWhatItCannotStoreAndAnswersTheRest() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(4);
    RecordingSession stored = ledger.finished(2, SampleBets.file(2, 5));
    RecordingSession uploading = ledger.greeted(1);
    ledger.process(store(uploading, SampleBets.part(file, 0, 2)));
    RecordingSession finishing = ledger.greeted(3);
    RecordingSession coming = ledger.session();
    ledger.disk.limitTo(ledger.disk.used() + 50);

    ledger.process(
        store(uploading, SampleBets.part(file, 2, 5)),
        store(uploading, SampleBets.part(file, 5, 10)),
        finish(finishing, 3, List.of()),
        ask(finishing, 3),
        store(stored, SampleBets.part(SampleBets.file(2, 5), 0, 5)),
        greet(coming, 4, 0));

    assertThat(uploading.heard().get(2))
        .isEqualTo(new Message.Refused(Refusal.STORAGE_FULL, 0, 2, "no room left"));
    assertThat(finishing.heard().get(1))
        .isEqualTo(new Message.Refused(Refusal.STORAGE_FULL, 0, 0, "no room left"));
    assertThat(stored.last()).isEqualTo(new Message.Stored(5));
    assertThat(coming.last()).isInstanceOf(Message.Welcome.class);
    assertThat(ledger.log.with("apuesta_recibida", "result: fail", "STORAGE_FULL")).hasSize(2);
    assertThat(ledger.log.with("finish_agency")).hasSize(1);
  }

  @Test
  void neverSaysThatMoreIsStoredThanIs() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    RecordingSession other = ledger.session();
    ledger.disk.limitTo(ledger.disk.used());

    ledger.process(
        store(session, SampleBets.part(file, 0, 5)),
        greet(other, 1, 9),
        TestLedger.refuse(session, 1, Refusal.BAD_FRAME));

    assertThat(other.refused().refusal()).isEqualTo(Refusal.ACKED_LOST);
    assertThat(session.heard())
        .filteredOn(Message.Refused.class::isInstance)
        .extracting(refused -> ((Message.Refused) refused).next())
        .containsOnly(0L);
    assertThat(other.refused().next()).isZero();
  }

  @Test
  void storesThemWhenTheyComeBackAndThereIsRoom() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    ledger.process(store(session, SampleBets.part(file, 0, 2)));
    ledger.disk.limitTo(ledger.disk.used());
    ledger.process(store(session, SampleBets.part(file, 2, 10)));
    ledger.process(store(session, SampleBets.part(file, 2, 10)));
    assertThat(session.heard()).as("a refused session is over").hasSize(3);

    ledger.disk.limitTo(Long.MAX_VALUE);
    RecordingSession again = ledger.session();
    ledger.process(greet(again, 1, 2));
    ledger.process(store(again, SampleBets.part(file, 2, 10)), finish(again, 1, file));

    assertThat(again.heard()).hasSize(3).endsWith(new Message.Stored(10), new Message.Finished(10));
    assertThat(text(ledger, SealedBets.NAME)).isEqualTo(SampleBets.csv(file));
  }

  @Test
  void sealsAndDrawsWhenThereIsRoomAgain() throws IOException {
    TestLedger probe = TestLedger.ofAgencies(1);
    probe.finished(1, file);
    long afterTheDraw = probe.disk.used();
    for (long room = journalAtFinish(); room < afterTheDraw; room++) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      ledger.disk.limitTo(room);
      RecordingSession session = ledger.finished(1, file);
      ledger.process(ask(session, 1));
      ledger.ledger().settle();
      assertThat(session.last()).as("room for %d bytes", room).isEqualTo(new Message.Finished(10));

      ledger.disk.limitTo(Long.MAX_VALUE);
      ledger.ledger().settle();
      assertThat(session.last()).isInstanceOf(Message.WinnersPage.class);
      assertThat(text(ledger, SealedBets.NAME)).isEqualTo(SampleBets.csv(file));
      assertThat(ledger.log.with("action: sorteo")).hasSize(1);
      assertThat(ledger.log.with("action: seal_bets")).hasSize(1);
    }
  }

  private long journalAtFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file);
    return ledger.disk.used();
  }

  private static String text(TestLedger ledger, String name) {
    return new String(ledger.disk.bytes(name), StandardCharsets.UTF_8);
  }
}
