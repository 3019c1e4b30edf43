package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Turns;
import loteria.server.Bet;
import loteria.server.SampleBets;
import org.junit.jupiter.api.Test;

/** What a session says and in which order, and how long it waits. */
class SessionTest {
  private static final Deadlines DEADLINES = new Deadlines(100, 200, 400, 50, 1_000, 30, 1_000);
  private static final Message.Welcome WELCOME =
      new Message.Welcome(Codec.VERSION, Ledger.WINDOW, AgencyState.NEW);
  private static final Message.Ping PING = new Message.Ping();

  private final List<Bet> file = SampleBets.file(1, 10);
  private final TestLedger ledger;
  private final TestSession session;

  SessionTest() throws IOException {
    ledger = TestLedger.ofAgencies(2);
    session = ledger.session(DEADLINES);
  }

  private TestSession welcomed() throws IOException {
    session.hello(1, 0);
    ledger.turn();
    return session;
  }

  // What is said.

  @Test
  void keepsOnlyTheLastAcknowledgement() throws IOException {
    session.hello(1, 0);
    for (int first = 0; first < 3; first++) {
      session.send(SampleBets.part(file, first, first + 1));
    }
    session.exchange(SampleBets.part(file, 5, 6));

    assertThat(session.heard())
        .hasSize(3)
        .startsWith(WELCOME, new Message.Stored(3))
        .last()
        .isInstanceOf(Message.Refused.class);
  }

  @Test
  void acknowledgesBeforeWhatFollows() throws IOException {
    welcomed();
    session.reads(false);
    session.exchange(SampleBets.part(file, 0, 4));
    session.exchange(SampleBets.part(file, 4, 10), SampleBets.finish(1, file));
    session.reads(true);
    ledger.turn();

    assertThat(session.heard())
        .containsExactly(
            WELCOME, new Message.Stored(4), new Message.Stored(10), new Message.Finished(10));
  }

  @Test
  void saysNothingAfterALastWord() throws IOException {
    welcomed();
    session.send(SampleBets.part(file, 3, 4));
    session.send(SampleBets.part(file, 0, 4));
    session.hello(1, 0);
    ledger.turn();
    ledger.ledger().goDown();
    session.session().say(new Message.Stored(9), ledger.now());
    ledger.turn();
    assertThat(session.heard()).hasSize(2);
    assertThat(session.refused().refusal()).isEqualTo(Refusal.GAP);
  }

  @Test
  void endsWithTheLastPageOfWinners() throws IOException {
    ledger.finished(1, file);
    ledger.finished(2, List.of());
    session.hello(1, 10);
    session.exchange(new Message.AskWinners());
    session.send(new Message.Pong());
    session.session().say(PING, ledger.now());
    ledger.turn();
    assertThat(session.heard()).hasSize(3);
    assertThat(session.last())
        .isEqualTo(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
  }

  @Test
  void saysOnlyWhatMayComeThere() throws IOException {
    welcomed();
    for (int i = 0; i < 10; i++) {
      session.send(SampleBets.part(file, i, i + 1));
      ledger.pass(DEADLINES.ping());
      session.send(new Message.Pong());
    }
    session.send(SampleBets.finish(1, file), new Message.AskWinners());
    ledger.pass(DEADLINES.ping());
    ledger.finished(2, List.of());
    ledger.pass(DEADLINES.ping());
    Turns.OfCentral turn = Turns.OfCentral.GREETING;
    for (Message.FromCentral message : session.heard()) {
      turn = turn.after(message).orElseThrow();
    }
    assertThat(session.heard()).contains(PING);
    assertThat(turn).isEqualTo(Turns.OfCentral.ENDED);
  }

  // Pings.

  @Test
  void pingsWhenItHasNothingToSay() throws IOException {
    welcomed();
    ledger.pass(DEADLINES.ping() - 1);
    assertThat(session.heard()).containsExactly(WELCOME);
    ledger.pass(1);
    ledger.pass(DEADLINES.ping());
    assertThat(session.heard()).containsExactly(WELCOME, PING, PING);
  }

  @Test
  void pingsNobodyWhoWasNotWelcomed() throws IOException {
    ledger.pass(DEADLINES.ping());
    assertThat(session.heard()).isEmpty();
  }

  @Test
  void pingsNobodyWhoHearsWinnersOrReadsNothing() throws IOException {
    ledger.finished(1, file);
    ledger.finished(2, List.of());
    session.hello(1, 10);
    ledger.holdAside();
    session.exchange(new Message.AskWinners());
    ledger.pass(DEADLINES.ping());
    ledger.pass(DEADLINES.ping());
    assertThat(session.last()).isInstanceOf(Message.SealReceipt.class);
    ledger.goOnAside();
    assertThat(session.heard()).hasSize(3);

    TestSession mute = ledger.session(DEADLINES);
    mute.hello(2, 0);
    mute.reads(false);
    ledger.turn();
    int waits = mute.session().output().length();
    ledger.pass(DEADLINES.ping());
    ledger.pass(DEADLINES.ping());
    assertThat(mute.session().output().length()).as("one word waits").isEqualTo(waits);
  }

  // Deadlines.

  @Test
  void refusesAnAgencyThatDoesNotSayItsHelloInTime() throws IOException {
    session.sendBytes(Arrays.copyOf(Codec.encode(WELCOME), 3));
    ledger.pass(DEADLINES.handshake() - 1);
    assertThat(session.heard()).isEmpty();
    ledger.pass(1);
    session.requireRefused(Refusal.TOO_SLOW, 0);
  }

  @Test
  void refusesAFrameThatTakesTooLongAndNoneThatComesAfterAnother() throws IOException {
    welcomed();
    byte[] frame = Codec.encode(SampleBets.part(file, 0, 5));
    for (int i = 0; i < 3; i++) {
      byte[] next = Codec.encode(SampleBets.part(file, i, i + 1));
      session.sendBytes(Arrays.copyOf(next, 9));
      ledger.pass(DEADLINES.frame() - 1);
      session.sendBytes(Arrays.copyOfRange(next, 9, next.length));
      ledger.turn();
    }
    assertThat(session.heard()).contains(new Message.Stored(3));
    session.sendBytes(frame[0]);
    for (int i = 1; i < 10; i++) {
      ledger.pass(DEADLINES.frame() / 10);
      session.sendBytes(frame[i]);
    }
    ledger.pass(DEADLINES.frame() / 10);
    assertThat(session.refused())
        .extracting(Message.Refused::refusal, Message.Refused::next, Message.Refused::reason)
        .containsExactly(Refusal.TOO_SLOW, 3L, "a frame took too long");
  }

  @Test
  void refusesAnAgencyThatIsSilentAndKeepsOneThatAnswersPings() throws IOException {
    welcomed();
    for (int i = 0; i < 3; i++) {
      ledger.pass(DEADLINES.silence() - 1);
      session.send(new Message.Pong());
    }
    assertThat(session.last()).isEqualTo(PING);
    ledger.pass(DEADLINES.silence());
    assertThat(session.refused().refusal()).isEqualTo(Refusal.TOO_SLOW);
    assertThat(ledger.figures.refusals(Refusal.TOO_SLOW)).isEqualTo(1);
  }

  /** It has nothing to say: there are no pings while it is told its winners. */
  @Test
  void isPatientWithAnAgencyThatReadsItsWinners() throws IOException {
    asksForWinnersThatAreNotReadYet();
    ledger.pass(DEADLINES.silence() - 1);
    assertThat(session.last()).isInstanceOf(Message.SealReceipt.class);
    ledger.pass(10 * DEADLINES.silence()); // it is the central that is late
    ledger.goOnAside();
    assertThat(session.last()).isInstanceOf(Message.WinnersPage.class);
  }

  private void asksForWinnersThatAreNotReadYet() throws IOException {
    List<Bet> many = SampleBets.file(1, 100);
    ledger.finished(1, many);
    ledger.finished(2, List.of());
    session.hello(1, 100);
    ledger.turn();
    ledger.holdAside();
    session.send(new Message.AskWinners());
  }

  @Test
  void readsNoWinnersForAnAgencyThatHasLeft() throws IOException {
    asksForWinnersThatAreNotReadYet();
    ledger.turn();
    assertThat(ledger.waitsAside()).isEqualTo(1);
    session.end();
    int reads = ledger.disk.count(FaultyDisk.Call.READ);
    ledger.goOnAside();
    assertThat(ledger.disk.count(FaultyDisk.Call.READ)).isEqualTo(reads);
  }

  @Test
  void givesAnAgencyTimeToEndAfterItsLastWordAndNoMore() throws IOException {
    welcomed();
    session.exchange(SampleBets.part(file, 3, 4));
    session.send(SampleBets.part(file, 0, 3));
    ledger.pass(DEADLINES.drain() - 1);
    assertThat(session.isClosed()).isFalse();
    ledger.pass(1);
    assertThat(session.isClosed()).isTrue();
    assertThat(ledger.durable(1)).isEqualTo(AgencyState.NEW);
  }

  @Test
  void tellsWhoWasRefusedWhyThoughItHasEnded() throws IOException {
    welcomed();
    session.send(SampleBets.part(file, 3, 4));
    assertThat(session.end()).isFalse();
    ledger.turn();
    assertThat(session.refused().refusal()).isEqualTo(Refusal.GAP);
  }

  // Before anybody has shown who it is.

  @Test
  void tellsNothingOfAnyAgencyToWhoHasNotShownWhoItIs() throws IOException {
    TestSession known = ledger.greeted(1);
    known.exchange(SampleBets.part(file, 0, 4));
    Message[] first = {
      SampleBets.part(file, 4, 5),
      SampleBets.finish(1, file),
      new Message.AskWinners(),
      new Message.Pong(),
      new Message.Hello(Codec.VERSION + 1, Codec.VERSION + 1, 1, 4),
      new Message.Hello(Codec.VERSION, Codec.VERSION, 0, 0),
      WELCOME
    };
    for (Message message : first) {
      TestSession stranger = ledger.session();
      stranger.exchange(message);
      assertThat(stranger.refused().next()).as("%s", message).isZero();
    }
    TestSession other = ledger.session(DEADLINES, new Identity.Proven(2));
    other.hello(1, 4);
    ledger.turn();
    other.requireRefused(Refusal.FORBIDDEN, 0);
    assertThat(ledger.figures.refusals(Refusal.FORBIDDEN)).isEqualTo(1);
    known.exchange(SampleBets.part(file, 4, 5));
    assertThat(known.last()).as("it was not fenced").isEqualTo(new Message.Stored(5));
  }

  @Test
  void countsWhatItHoldsForAPeerUntilThatIsWelcomed() throws IOException {
    byte[] frame = Codec.encode(SampleBets.part(file, 0, 10));
    byte[] hello = Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 0));
    session.sendBytes(Arrays.copyOf(hello, 6));
    assertThat(session.session().unprovenBytes()).isBetween(6, 64);
    session.sendBytes(Arrays.copyOfRange(hello, 6, hello.length));
    ledger.turn();
    session.sendBytes(Arrays.copyOf(frame, 100));
    assertThat(session.session().unprovenBytes()).isZero();
    session.sendBytes(Arrays.copyOfRange(frame, 100, frame.length));
    ledger.turn();
    assertThat(session.last()).isEqualTo(new Message.Stored(10));
  }
}
