package loteria.server;

import static loteria.server.TestLedger.ask;
import static loteria.server.TestLedger.finish;
import static loteria.server.TestLedger.greet;
import static loteria.server.TestLedger.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Bet;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

class LedgerThreadTest {
  private static final long PATIENCE_SECONDS = 10;

  private final List<Bet> file = SampleBets.file(1, 10);
  private final BlockingQueue<Throwable> halts = new LinkedBlockingQueue<>();

  private LedgerThread start(TestLedger ledger) {
    return LedgerThread.start(ledger.ledger(), ledger.log.log(), halts::add);
  }

  @Test
  void answersAllThatWasHandedOverBeforeItEnds() throws IOException, InterruptedException {
    TestLedger ledger = TestLedger.ofAgencies(200);
    LedgerThread thread = start(ledger);
    List<RecordingSession> sessions = new ArrayList<>();
    for (int agency = 1; agency <= 200; agency++) {
      RecordingSession session = ledger.session();
      sessions.add(session);
      thread.submit(greet(session, agency, 0));
      thread.submit(store(session, SampleBets.part(SampleBets.file(agency, 2), 0, 2)));
    }
    thread.close();
    thread.close();

    assertThat(halts).isEmpty();
    for (RecordingSession session : sessions) {
      assertThat(session.heard()).hasSize(3).element(1).isEqualTo(new Message.Stored(2));
      assertThat(session.refused().refusal()).isEqualTo(Refusal.SHUTTING_DOWN);
    }
    assertThat(ledger.log.with("close_journal")).hasSize(1);
  }

  @Test
  void takesNothingMoreOnceItHasEnded() throws IOException, InterruptedException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    LedgerThread thread = start(ledger);
    thread.close();
    RecordingSession late = ledger.session();
    for (int i = 0; i < 5000; i++) {
      thread.submit(greet(late, 1, 0));
    }
    assertThat(late.heard()).isEmpty();
  }

  @Test
  void haltsWithoutAWordWhenTheDiskFails() throws IOException, InterruptedException {
    for (FaultyDisk.Call call : List.of(FaultyDisk.Call.WRITE, FaultyDisk.Call.SYNC)) {
      TestLedger ledger = TestLedger.ofAgencies(1);
      RecordingSession session = ledger.greeted(1);
      ledger.disk.fail(call, 1, () -> new IOException("Input/output error"));
      LedgerThread thread = start(ledger);
      thread.submit(store(session, SampleBets.part(file, 0, 4)));

      assertThat(halts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasMessageContaining("Input/output error");
      thread.close();
      assertThat(session.heard()).as("only the Welcome").hasSize(1);
      assertThat(halts).isEmpty();
    }
  }

  @Test
  void haltsWhenWhatIsImpossibleHappens() throws IOException, InterruptedException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    IllegalStateException impossible = new IllegalStateException("impossible");
    LedgerThread thread = start(ledger);
    thread.submit(
        greet(
            _ -> {
              throw impossible;
            },
            1,
            0));

    assertThat(halts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(impossible);
    thread.close();
  }

  @Test
  void sealsByItselfWhenThereIsRoomAgain() throws IOException, InterruptedException {
    TestLedger ledger = TestLedger.ofAgencies(1);
    RecordingSession session = ledger.greeted(1);
    ledger.process(store(session, SampleBets.part(file, 0, 10)));
    ledger.disk.limitTo(ledger.disk.used() + 100);
    LedgerThread thread = start(ledger);
    thread.submit(finish(session, 1, file));
    thread.submit(ask(session, 1));
    ledger.log.await(1, "action: store_bets | result: fail");

    ledger.disk.limitTo(Long.MAX_VALUE);
    ledger.log.await(1, "action: sorteo | result: success");
    thread.close();
    assertThat(session.heard()).hasAtLeastOneElementOfType(Message.WinnersPage.class);
    assertThat(halts).isEmpty();
  }
}
