package loteria.client.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.ListedBets;
import loteria.client.bets.MadeUpBets;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a central may say, and what it may not, at each point of a session. */
final class UploadTalkTest {
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 3);
  private static final Message.Welcome WELCOME = new Message.Welcome(1, 1, AgencyState.NEW);
  private static final Message.Stored STORED = new Message.Stored(BETS.size());
  private static final Message.Finished FINISHED = new Message.Finished(BETS.size());
  private static final Message.SealReceipt RECEIPT = MadeUpBets.receipt(BETS);
  private static final Message.WinnersPage PAGE = new Message.WinnersPage(7574, false, List.of());

  /** What the central says in a session, but the last page. */
  private static final List<Message.FromCentral> TALK =
      List.of(WELCOME, STORED, FINISHED, RECEIPT, PAGE);

  /** Where a session stands when the agency waits: each point is a message after the one before. */
  enum Point {
    GREETED(0),
    SENT(1),
    FINISHING(2),
    WAITING(3),
    TOLD(4),
    LISTENING(5);

    private final int heard;

    Point(int heard) {
      this.heard = heard;
    }

    /** An upload that has come to this point, and has nothing to say. */
    private Upload upload() throws IOException {
      Upload upload = new Upload(AGENCY, _ -> ListedBets.of(BETS), 99, true, 0);
      speak(upload);
      for (Message.FromCentral message : TALK.subList(0, heard)) {
        upload.hear(message);
        speak(upload);
      }
      return upload;
    }

    private static void speak(Upload upload) throws IOException {
      boolean speaks = true;
      while (speaks) {
        speaks = upload.next().isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalEndsTheSessionAtAnyPoint(Point point) throws IOException {
    for (Refusal refusal : Refusal.values()) {
      Upload upload = point.upload();
      Message.Refused refused = new Message.Refused(refusal, 2, 1, "so it is");

      upload.hear(refused);

      assertThat(upload.outcome())
          .contains(
              refusal == Refusal.BAD_BET
                  ? new Outcome.NotChecked(refused)
                  : new Outcome.Refused(refused));
      assertThat(upload.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPingIsAnsweredOnceAtAnyPoint(Point point) throws IOException {
    Upload upload = point.upload();

    upload.hear(new Message.Ping());

    assertThat(upload.next()).contains(new Message.Pong());
    assertThat(upload.next()).isEmpty();
    assertThat(upload.outcome()).isEmpty();
  }

  static Stream<Arguments> everyTalk() {
    List<Message.FromCentral> messages =
        List.of(
            WELCOME,
            STORED,
            new Message.Stored(0),
            new Message.Stored(BETS.size() + 1),
            FINISHED,
            new Message.Finished(BETS.size() - 1),
            RECEIPT,
            PAGE,
            new Message.WinnersPage(7574, true, List.of()));
    return Stream.of(Point.values())
        .flatMap(point -> messages.stream().map(message -> arguments(point, message)));
  }

  private static final Set<List<Object>> SENSIBLE =
      Set.of(
          List.of(Point.GREETED, WELCOME),
          List.of(Point.SENT, STORED),
          List.of(Point.SENT, new Message.Stored(0)),
          List.of(Point.FINISHING, STORED),
          List.of(Point.FINISHING, FINISHED),
          List.of(Point.WAITING, STORED),
          List.of(Point.WAITING, RECEIPT),
          List.of(Point.TOLD, STORED),
          List.of(Point.TOLD, PAGE),
          List.of(Point.TOLD, new Message.WinnersPage(7574, true, List.of())),
          List.of(Point.LISTENING, STORED),
          List.of(Point.LISTENING, PAGE),
          List.of(Point.LISTENING, new Message.WinnersPage(7574, true, List.of())));

  @ParameterizedTest
  @MethodSource("everyTalk")
  void whatMakesNoSenseIsNotListenedTo(Point point, Message.FromCentral message)
      throws IOException {
    Upload upload = point.upload();

    if (SENSIBLE.contains(List.of(point, message))) {
      upload.hear(message);
    } else {
      assertThatThrownBy(() -> upload.hear(message))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the central says ");
      assertThat(upload.outcome()).isEmpty();
    }
  }

  @Test
  void whatIsAcknowledgedIsNeverTakenBack() throws IOException {
    Upload upload = Point.FINISHING.upload();

    assertThatThrownBy(() -> upload.hear(new Message.Stored(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("the central says that 1 bets are stored");

    assertThat(upload.acked()).isEqualTo(BETS.size());
  }

  @Test
  void anAgencyWhoseBetsAreNotWhatIsSealedSaysSo() throws IOException {
    long bets = RECEIPT.bets();
    int checksum = RECEIPT.checksum();
    for (Message.SealReceipt sealed :
        List.of(
            new Message.SealReceipt(RECEIPT.seal(), 0, 0),
            new Message.SealReceipt(RECEIPT.seal(), bets - 1, checksum),
            new Message.SealReceipt(RECEIPT.seal(), bets, checksum ^ 1))) {
      Upload upload = Point.WAITING.upload();

      upload.hear(sealed);

      assertThat(upload.outcome())
          .contains(new Outcome.NotSealed(MadeUpBets.state(BETS, false), sealed));
    }
  }

  @Test
  void anAgencyThatTheSealSaysHadNotFinishedSaysThatItHad() throws IOException {
    Upload upload = Point.WAITING.upload();

    upload.hear(
        new Message.SealReceipt(
            RECEIPT.seal().without(List.of(AGENCY - 1, AGENCY)),
            RECEIPT.bets(),
            RECEIPT.checksum()));

    assertThat(upload.outcome())
        .contains(
            new Outcome.Conflict("the seal says that the agency had not finished, and it had"));
  }

  @Test
  void winnersOfSeveralPagesAreAllToldAndNoneIsHeld() throws IOException {
    List<String> told = new ArrayList<>();
    Upload upload = new Upload(AGENCY, _ -> ListedBets.of(BETS), 99, true, 0);
    upload.tellWinnersTo(
        new WinnerDocuments() {
          @Override
          public void begin() {
            told.add("begin");
          }

          @Override
          public void add(List<String> documents) {
            told.addAll(documents);
          }
        });
    Point.speak(upload);
    for (Message.FromCentral message : TALK.subList(0, 4)) {
      upload.hear(message);
      Point.speak(upload);
    }

    upload.hear(new Message.WinnersPage(7574, false, List.of("00000001", "2")));
    assertThat(told).containsExactly("begin", "00000001", "2");
    assertThat(upload.outcome()).isEmpty();
    upload.hear(new Message.WinnersPage(7574, true, List.of("2")));

    assertThat(told).containsExactly("begin", "00000001", "2", "2");
    assertThat(upload.outcome()).contains(new Outcome.Drawn(RECEIPT, 3));
  }

  @Test
  void aRowThatIsRefusedIsReadAgainCarefullyOnce() throws IOException {
    Message.Refused refused = new Message.Refused(Refusal.BAD_BET, 2, 0, "so it is");
    for (boolean careful : new boolean[] {false, true}) {
      Upload upload = new Upload(AGENCY, _ -> ListedBets.of(BETS), 99, true, 0);
      if (careful) {
        upload.goOnCarefully();
      }
      Point.speak(upload);
      upload.hear(WELCOME);
      Point.speak(upload);

      upload.hear(refused);

      assertThat(upload.outcome())
          .contains(careful ? new Outcome.Refused(refused) : new Outcome.NotChecked(refused));
    }
  }

  /** A source that gives other rows unless it is asked to be careful. */
  private static BetSource.Opener wrongUnlessCareful(List<Bet> careless) {
    return careful -> ListedBets.of(careful ? BETS : careless);
  }

  @Test
  void aConflictIsSaidOnlyAfterTheBetsWereReadCarefully() throws IOException {
    for (List<Bet> careless :
        List.of(BETS.subList(1, 3), BETS.subList(0, 1), MadeUpBets.of(AGENCY, 4))) {
      boolean finished = careless.size() > BETS.size();
      Upload upload = new Upload(AGENCY, wrongUnlessCareful(careless), 99, true, 0);
      Point.speak(upload);

      upload.hear(new Message.Welcome(1, 1, MadeUpBets.state(BETS, finished)));

      assertThat(upload.outcome()).isEmpty();
      assertThat(upload.acked()).isEqualTo(BETS.size());
    }
  }

  @Test
  void aFailedSealIsSaidOnlyAfterTheBetsWereReadCarefully() throws IOException {
    Upload upload = new Upload(AGENCY, wrongUnlessCareful(BETS.subList(0, 2)), 99, true, 0);
    Point.speak(upload);
    for (Message.FromCentral message :
        List.of(WELCOME, new Message.Stored(2), new Message.Finished(2), RECEIPT, PAGE)) {
      upload.hear(message);
      Point.speak(upload);
    }
    upload.hear(new Message.Stored(2));

    assertThat(upload.outcome()).isEmpty();
  }

  @Test
  void showsLifeWhileItReadsWhatIsStored() throws IOException {
    List<Bet> many = MadeUpBets.of(AGENCY, 140_000);
    AtomicInteger signs = new AtomicInteger();
    Upload upload = new Upload(AGENCY, _ -> ListedBets.of(many), 99, true, 0);
    upload.showLifeBy(signs::incrementAndGet);
    Point.speak(upload);

    upload.hear(new Message.Welcome(1, 1, MadeUpBets.state(many, false)));

    assertThat(upload.acked()).isEqualTo(many.size());
    assertThat(signs).hasValue(2);
  }

  @Test
  void theBetsAreClosedOnceHoweverOftenTheSessionIs() throws IOException {
    ListedBets bets = ListedBets.of(BETS);
    Upload upload = new Upload(AGENCY, _ -> bets, 99, true, 0);
    upload.close();
    assertThat(bets.closed()).isZero();
    assertThat(upload.next()).isPresent();
    upload.hear(WELCOME);

    upload.close();
    upload.close();

    assertThat(bets.closed()).isEqualTo(1);
  }
}
