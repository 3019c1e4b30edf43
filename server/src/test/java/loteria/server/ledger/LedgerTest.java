package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import org.junit.jupiter.api.Test;

/** What the ledger answers, and when. */
class LedgerTest {
  private final List<Bet> file = SampleBets.file(1, 10);

  private static Message.Welcome welcome(AgencyState state) {
    return new Message.Welcome(Codec.VERSION, Ledger.WINDOW, state);
  }

  @Test
  void welcomesAnAgencyWithWhatIsStoredOfIt() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    TestSession first = ledger.greeted(1);
    first.exchange(SampleBets.part(file, 0, 4));
    TestSession again = ledger.greeted(1, 4);

    assertThat(first.heard().getFirst()).isEqualTo(welcome(AgencyState.NEW));
    assertThat(again.heard()).containsExactly(welcome(SampleBets.state(file.subList(0, 4))));
  }

  /** {@link TestSession} refuses to hear what the disk does not have. */
  @Test
  void answersOnlyAfterTheSync() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);

    session.exchange(SampleBets.part(file, 0, 6), SampleBets.part(file, 6, 10));
    session.exchange(SampleBets.finish(1, file), new Message.AskWinners());

    assertThat(session.heard())
        .hasSize(5)
        .containsSubsequence(new Message.Stored(10), new Message.Finished(10))
        .last()
        .isEqualTo(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
  }

  @Test
  void makesAGroupDurableWithOneWriteAndOneSync() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    List<TestSession> sessions = new ArrayList<>();
    for (int agency = 1; agency <= 3; agency++) {
      sessions.add(ledger.greeted(agency));
    }
    int writes = ledger.disk.count(FaultyDisk.Call.WRITE);
    int syncs = ledger.disk.count(FaultyDisk.Call.SYNC);

    for (int agency = 1; agency <= 3; agency++) {
      List<Bet> bets = SampleBets.file(agency, 10);
      sessions.get(agency - 1).send(SampleBets.part(bets, 0, 5), SampleBets.part(bets, 5, 10));
    }
    ledger.turn();

    assertThat(ledger.disk.count(FaultyDisk.Call.WRITE)).isEqualTo(writes + 1);
    assertThat(ledger.disk.count(FaultyDisk.Call.SYNC)).isEqualTo(syncs + 1);
  }

  @Test
  void writesNothingForWhatStoresNothing() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file);
    int calls = ledger.disk.calls();

    TestSession again = ledger.greeted(1, 10);
    again.exchange(
        SampleBets.part(file, 2, 8), SampleBets.finish(1, file), new Message.AskWinners());
    ledger.greeted(9);

    assertThat(ledger.disk.calls()).isEqualTo(calls);
    assertThat(again.heard()).hasSize(3);
  }

  @Test
  void saysADuplicateIsStoredOnceAGroupAndStoresItOnce() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);

    session.exchange(SampleBets.part(file, 0, 5), SampleBets.part(file, 0, 5));
    session.exchange(SampleBets.part(file, 1, 3));
    session.exchange(SampleBets.finish(1, file.subList(0, 5)));

    assertThat(session.heard())
        .endsWith(new Message.Stored(5), new Message.Stored(5), new Message.Finished(5));
    assertThat(ledger.log.with("apuesta_recibida")).hasSize(1);
  }

  @Test
  void finishesTwiceAsOnce() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    TestSession session = ledger.finished(1, file);
    TestSession again = ledger.greeted(1, 10);
    again.exchange(SampleBets.finish(1, file));

    assertThat(session.heard()).contains(new Message.Finished(10));
    assertThat(again.last()).isEqualTo(new Message.Finished(10));
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
    TestSession session = ledger.greeted(1);
    session.exchange(SampleBets.part(file, 0, 4));

    session.exchange(batch, SampleBets.part(file, 4, 8));

    session.requireRefused(refusal, next);
    assertThat(ledger.log.with("apuesta_recibida", "result: fail", refusal.name())).hasSize(1);
    assertThat(ledger.greeted(1).heard().getFirst())
        .as("what came after the refusal is not looked at")
        .isEqualTo(welcome(SampleBets.state(file.subList(0, 4))));
  }

  @Test
  void refusesABatchAfterTheFinish() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    ledger.finished(1, file.subList(0, 4));
    TestSession again = ledger.greeted(1, 4);
    again.exchange(SampleBets.part(file, 4, 8));

    again.requireRefused(Refusal.CLOSED, 4);
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
      TestSession session = ledger.greeted(1);
      session.exchange(SampleBets.part(file, 0, 4));
      session.exchange(finish);

      session.requireRefused(Refusal.CONFLICT, 4);
      assertThat(ledger.log.with("sorteo")).isEmpty();
    }
  }

  @Test
  void refusesAnAgencyThatWasToldOfMoreThanThereIs() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1, 1);

    assertThat(session.refused().refusal()).isEqualTo(Refusal.ACKED_LOST);
    assertThat(ledger.log.with("ERROR", "ACKED_LOST")).hasSize(1);
  }

  @Test
  void refusesAgenciesThatItDoesNotExpect() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    for (int agency : new int[] {0, 4, 65_535}) {
      TestSession session = ledger.session();
      session.hello(agency, 0);
      session.send(new Message.AskWinners());
      boolean over = session.end();
      ledger.turn();
      assertThat(over).as("it is still told").isFalse();
      assertThat(session.heard()).hasSize(1);
      session.requireRefused(Refusal.UNKNOWN_AGENCY, 0);
    }
  }

  @Test
  void refusesWhatIsNoBetAfterWhatCameBefore() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    TestSession session = ledger.greeted(1);
    byte[] flawed = Codec.encode(SampleBets.part(file, 4, 8));
    flawed[1] ^= 1;
    session.send(SampleBets.part(file, 0, 4));
    session.sendBytes(flawed);
    session.exchange(SampleBets.part(file, 4, 8));

    assertThat(session.heard()).hasSize(3).element(1).isEqualTo(new Message.Stored(4));
    session.requireRefused(Refusal.BAD_CHECKSUM, 4);
  }

  @Test
  void anyFailureButAFullDiskEndsTheLedgerUnanswered() throws IOException {
    for (FaultyDisk.Call call : List.of(FaultyDisk.Call.WRITE, FaultyDisk.Call.SYNC)) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      TestSession session = ledger.greeted(1);
      ledger.disk.fail(call, 1, () -> new IOException("Input/output error"));
      session.send(SampleBets.part(file, 0, 4));

      assertThatIOException().isThrownBy(ledger::turn).withMessageContaining("Input/output error");
      assertThat(session.heard()).hasSize(1);
    }
  }

  @Test
  void tellsEveryAgencyWhenItGoesDown() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    TestSession uploading = ledger.greeted(1);
    uploading.exchange(SampleBets.part(file, 0, 4));
    TestSession waiting = ledger.finished(2, SampleBets.file(2, 3));
    waiting.send(new Message.AskWinners());
    TestSession gone = ledger.greeted(3);
    gone.end();
    ledger.turn();

    ledger.ledger().goDown();
    ledger.ledger().close();
    ledger.ledger().close();
    ledger.turn();

    uploading.requireRefused(Refusal.SHUTTING_DOWN, 4);
    assertThat(waiting.refused().refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
    assertThat(gone.heard()).hasSize(1);
    assertThat(ledger.figures.refusals(Refusal.SHUTTING_DOWN)).isEqualTo(2);
    assertThat(ledger.log.with("close_journal")).hasSize(1);
  }

  @Test
  void namesTheAgenciesThatAreMissingOnceSomebodyCame() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(3);
    assertThat(ledger.ledger().missing()).isEmpty();
    ledger.finished(2, SampleBets.file(2, 3));
    assertThat(ledger.ledger().missing()).containsExactly(1, 3);
  }

  @Test
  void showsWhoIsHereAndWhatWasRefused() throws IOException {
    TestLedger ledger = TestLedger.ofAgencies(2);
    TestSession first = ledger.greeted(1);
    TestSession second = ledger.greeted(2);
    assertThat(ledger.figures.connected(1) && ledger.figures.connected(2)).isTrue();
    first.send(SampleBets.part(file, 5, 8));
    second.end();
    ledger.turn();

    assertThat(ledger.figures.connected(1) || ledger.figures.connected(2)).isFalse();
    assertThat(ledger.figures.refusals(Refusal.GAP)).isEqualTo(1);
    TestSession fenced = ledger.greeted(1);
    ledger.greeted(1);
    assertThat(fenced.refused().refusal()).isEqualTo(Refusal.FENCED);
    assertThat(ledger.figures.refusals(Refusal.FENCED)).isEqualTo(1);
    assertThat(ledger.figures.connected(1)).as("the newer one is").isTrue();
  }
}
