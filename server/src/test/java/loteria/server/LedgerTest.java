package loteria.server;

import static loteria.server.TestLedger.ask;
import static loteria.server.TestLedger.finish;
import static loteria.server.TestLedger.greet;
import static loteria.server.TestLedger.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.lottery.Standing;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** What the ledger answers, and when. */
class LedgerTest {
  private final List<Bet> file = SampleBets.file(1, 10);

  @Test
  void welcomesAnAgencyWithWhatIsStoredOfIt() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    RecordingSession first = ledger.greeted(1);
    ledger.process(store(first, SampleBets.part(file, 0, 4)));
    RecordingSession again = ledger.session();
    ledger.process(greet(again, 1, 4));

    assertThat(first.heard().getFirst())
        .isEqualTo(new Message.Welcome(Codec.VERSION, Ledger.WINDOW, Standing.NEW));
    assertThat(again.heard())
        .containsExactly(
            new Message.Welcome(
                Codec.VERSION,
                Ledger.WINDOW,
                new Standing(4, SampleBets.checksum(file.subList(0, 4)), false)));
  }

  /** {@link RecordingSession} refuses to hear anything while the disk has unsynced bytes. */
  @Test
  void answersOnlyAfterTheSync() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);

    ledger.process(
        store(session, SampleBets.part(file, 0, 6)), store(session, SampleBets.part(file, 6, 10)));
    ledger.process(finish(session, 1, file), ask(session, 1));

    assertThat(session.heard())
        .hasSize(5)
        .containsSubsequence(new Message.Stored(10), new Message.Finished(10))
        .last()
        .isEqualTo(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
  }

  @Test
  void makesAGroupDurableWithOneWriteAndOneSync() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    List<Request> group = new ArrayList<>();
    for (int agency = 1; agency <= 3; agency++) {
      RecordingSession session = ledger.greeted(agency);
      group.add(store(session, SampleBets.part(SampleBets.file(agency, 10), 0, 5)));
      group.add(store(session, SampleBets.part(SampleBets.file(agency, 10), 5, 10)));
    }
    int writes = ledger.disk.count(FaultyDisk.Call.WRITE);
    int syncs = ledger.disk.count(FaultyDisk.Call.SYNC);

    ledger.process(group.toArray(Request[]::new));

    assertThat(ledger.disk.count(FaultyDisk.Call.WRITE)).isEqualTo(writes + 1);
    assertThat(ledger.disk.count(FaultyDisk.Call.SYNC)).isEqualTo(syncs + 1);
  }

  @Test
  void writesNothingForWhatStoresNothing() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    RecordingSession session = ledger.finished(1, file);
    int calls = ledger.disk.calls();

    ledger.process(
        store(session, SampleBets.part(file, 2, 8)),
        finish(session, 1, file),
        ask(session, 1),
        greet(ledger.session(), 9, 0));

    assertThat(ledger.disk.calls()).isEqualTo(calls);
  }

  @Test
  void saysADuplicateIsStoredOnceAGroupAndStoresItOnce() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);

    ledger.process(
        store(session, SampleBets.part(file, 0, 5)), store(session, SampleBets.part(file, 0, 5)));
    ledger.process(store(session, SampleBets.part(file, 1, 3)));
    ledger.process(finish(session, 1, file.subList(0, 5)));

    assertThat(session.heard())
        .endsWith(new Message.Stored(5), new Message.Stored(5), new Message.Finished(5));
    assertThat(ledger.log.with("apuesta_recibida")).hasSize(1);
  }

  @Test
  void finishesTwiceAsOnce() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    RecordingSession session = ledger.finished(1, file);
    ledger.process(finish(session, 1, file));

    assertThat(session.heard()).endsWith(new Message.Finished(10), new Message.Finished(10));
    assertThat(ledger.log.with("finish_agency")).hasSize(1);
  }

  @Test
  void refusesABatchAfterTheNextBet() throws IOException {
    assertRefused(Refusal.GAP, 4, SampleBets.part(file, 5, 8));
  }

  @Test
  void refusesABatchThatIsStoredInPart() throws IOException {
    assertRefused(Refusal.OVERLAP, 4, SampleBets.part(file, 2, 8));
  }

  private void assertRefused(Refusal refusal, long next, Message.Batch batch) throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    ledger.process(store(session, SampleBets.part(file, 0, 4)));

    ledger.process(store(session, batch), store(session, SampleBets.part(file, 4, 8)));

    assertThat(session.refused().refusal()).isEqualTo(refusal);
    assertThat(session.refused().next()).isEqualTo(next);
    assertThat(ledger.log.with("apuesta_recibida", "result: fail", refusal.name())).hasSize(1);
    assertThat(ledger.greeted(1).heard().getFirst())
        .as("what came after the refusal is not looked at")
        .isEqualTo(
            new Message.Welcome(
                Codec.VERSION,
                Ledger.WINDOW,
                new Standing(4, SampleBets.checksum(file.subList(0, 4)), false)));
  }

  @Test
  void refusesABatchAfterTheFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    RecordingSession session = ledger.finished(1, file.subList(0, 4));
    ledger.process(store(session, SampleBets.part(file, 4, 8)));

    assertThat(session.refused().refusal()).isEqualTo(Refusal.CLOSED);
  }

  @Test
  void refusesAFinishThatIsNotOfWhatIsStored() throws IOException {
    List<Bet> stored = file.subList(0, 4);
    List<Message.Finish> wrong =
        List.of(
            new Message.Finish(1, 3, SampleBets.checksum(stored)),
            new Message.Finish(1, 5, SampleBets.checksum(stored)),
            new Message.Finish(1, 4, SampleBets.checksum(stored) ^ 1));
    for (Message.Finish finish : wrong) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      RecordingSession session = ledger.greeted(1);
      ledger.process(store(session, SampleBets.part(file, 0, 4)));
      ledger.process(finish(session, finish));

      assertThat(session.refused().refusal()).as("%s", finish).isEqualTo(Refusal.CONFLICT);
      assertThat(ledger.log.with("sorteo")).isEmpty();
    }
  }

  @Test
  void refusesAnAgencyThatWasToldOfMoreThanThereIs() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.session();
    ledger.process(greet(session, 1, 1));

    assertThat(session.refused().refusal()).isEqualTo(Refusal.ACKED_LOST);
    assertThat(ledger.log.with("ERROR", "ACKED_LOST")).hasSize(1);
  }

  @Test
  void refusesAgenciesThatItDoesNotExpect() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    for (int agency : new int[] {0, 4, 65_535}) {
      RecordingSession session = ledger.session();
      ledger.process(
          greet(session, agency, 0), ask(session, agency), TestLedger.leave(session, agency));
      assertThat(session.heard()).hasSize(1);
      assertThat(session.refused().refusal()).isEqualTo(Refusal.UNKNOWN_AGENCY);
    }
  }

  @Test
  void refusesWhatTheConnectionRefusesAfterWhatCameBefore() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    ledger.process(
        store(session, SampleBets.part(file, 0, 4)),
        TestLedger.refuse(session, 1, Refusal.BAD_BET),
        store(session, SampleBets.part(file, 4, 8)));

    assertThat(session.heard())
        .endsWith(new Message.Stored(4), new Message.Refused(Refusal.BAD_BET, 3, 4, "a reason"));
  }

  @Test
  void anyFailureButAFullDiskEndsTheLedgerUnanswered() throws IOException {
    for (FaultyDisk.Call call : List.of(FaultyDisk.Call.WRITE, FaultyDisk.Call.SYNC)) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      RecordingSession session = ledger.greeted(1);
      ledger.disk.fail(call, 1, () -> new IOException("Input/output error"));

      assertThatIOException()
          .isThrownBy(() -> ledger.process(store(session, SampleBets.part(file, 0, 4))))
          .withMessageContaining("Input/output error");
      assertThat(session.heard()).hasSize(1);
    }
  }

  @Test
  void tellsEveryAgencyWhenItCloses() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    RecordingSession uploading = ledger.greeted(1);
    ledger.process(store(uploading, SampleBets.part(file, 0, 4)));
    RecordingSession waiting = ledger.finished(2, SampleBets.file(2, 3));
    ledger.process(ask(waiting, 2));
    RecordingSession gone = ledger.greeted(3);
    ledger.process(TestLedger.leave(gone, 3));

    ledger.ledger().close();
    ledger.ledger().close();

    assertThat(uploading.refused().refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
    assertThat(uploading.refused().next()).isEqualTo(4);
    assertThat(waiting.refused().refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
    assertThat(gone.heard()).hasSize(1);
    assertThat(ledger.log.with("close_journal")).hasSize(1);
  }

  @Test
  void namesTheAgenciesThatAreMissingOnceSomebodyCame() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    assertThat(ledger.ledger().missing()).isEmpty();
    ledger.finished(2, SampleBets.file(2, 3));
    assertThat(ledger.ledger().missing()).containsExactly(1, 3);
  }
}
