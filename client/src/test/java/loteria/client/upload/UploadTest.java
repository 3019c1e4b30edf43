package loteria.client.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.BetsFile;
import loteria.client.bets.ListedBets;
import loteria.client.bets.MadeUpBets;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions with a central that keeps the rules. */
final class UploadTest {
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 100);

  @ParameterizedTest
  @CsvSource({
    "0, 1, 99",
    "1, 1, 99",
    "99, 4, 99",
    "100, 4, 99",
    "100, 1, 7",
    "100, 4, 7",
    "100, 16, 7",
    "100, 1, 1",
    "100, 4, 1",
    "100, 16, 1",
    "100, 65535, 1"
  })
  void everyBetIsStoredAndTheWinnersAreToldWhateverTheWindow(int count, int window, int max)
      throws Exception {
    List<Bet> bets = BETS.subList(0, count);
    MemoryCentral central = new MemoryCentral(AGENCY, window);
    UploadSession session = new UploadSession(upload(bets, max), central);

    assertThat(session.run()).isEqualTo(drawn(bets));

    assertThat(central.stored()).isEqualTo(bets);
    assertThat(central.isFinished()).isTrue();
    int batches = (count + max - 1) / max;
    assertThat(session.said()).hasSize(batches + 3);
    assertThat(session.unacknowledgedMost()).isEqualTo(Math.min(window, batches));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void saysTheSameIfItsBatchesAreMadeEarlier(int window) throws Exception {
    UploadSession late = new UploadSession(upload(BETS, 7), new MemoryCentral(AGENCY, window));
    UploadSession early =
        new UploadSession(upload(BETS, 7), new MemoryCentral(AGENCY, window)).withPreparation();

    assertThat(early.run()).isEqualTo(late.run());
    assertThat(early.said()).isEqualTo(late.said());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void oneAcknowledgementMayStandForSeveralBatches(int window) throws Exception {
    MemoryCentral central = new MemoryCentral(AGENCY, window);
    Upload upload = upload(BETS, 1);

    Outcome outcome = new UploadSession(upload, central).withCumulativeAcknowledgements().run();

    assertThat(outcome).isEqualTo(drawn(BETS));
    assertThat(central.stored()).isEqualTo(BETS);
    assertThat(upload.acked()).isEqualTo(BETS.size());
  }

  @Test
  void pingsAreAnsweredAtAnyTimeAndChangeNothing() throws Exception {
    MemoryCentral central = new MemoryCentral(AGENCY, 2);

    Outcome outcome = new UploadSession(upload(BETS, 7), central).withPings().run();

    assertThat(outcome).isEqualTo(drawn(BETS));
    assertThat(central.stored()).isEqualTo(BETS);
  }

  @Test
  void goesOnAfterWhateverIsStored() throws Exception {
    for (int stored = 0; stored <= BETS.size(); stored++) {
      MemoryCentral central = MemoryCentral.with(AGENCY, 4, BETS.subList(0, stored), false);
      UploadSession session = new UploadSession(upload(BETS, 7), central);

      assertThat(session.run()).isEqualTo(drawn(BETS));

      assertThat(central.stored()).isEqualTo(BETS);
      if (stored < BETS.size()) {
        assertThat(((Message.Batch) session.said().get(1)).first()).isEqualTo(stored);
      }
      assertThat(session.said()).hasSize((BETS.size() - stored + 6) / 7 + 3);
    }
  }

  @Test
  void asksAtOnceWhenTheUploadIsFinishedAlready() throws Exception {
    UploadSession session = session(upload(BETS, 7), BETS.size(), true);

    assertThat(session.run()).isEqualTo(drawn(BETS));

    assertThat(session.kinds()).containsExactly("Hello", "AskWinners");
  }

  @Test
  void nothingIsSentWhenAStoredRowHasChanged() throws Exception {
    for (int changed = 0; changed < 20; changed++) {
      List<Bet> bets = new ArrayList<>(BETS);
      Bet bet = bets.get(changed);
      bets.set(
          changed,
          new Bet(
              AGENCY,
              bet.firstName(),
              bet.lastName(),
              bet.document(),
              bet.birthDate(),
              bet.number() == 0 ? 1 : 0));
      UploadSession session = session(upload(bets, 7), 20, false);

      assertThat(session.run())
          .isEqualTo(
              new Outcome.Conflict(
                  "the central has 20 bets of checksum %08x, the agency has 20 of checksum %08x there"
                      .formatted(
                          MadeUpBets.state(BETS.subList(0, 20), false).checksum(),
                          MadeUpBets.state(bets.subList(0, 20), false).checksum())));
      assertThat(session.kinds()).containsExactly("Hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsSentWhenTheFileIsShorterThanWhatIsStored(boolean finished) throws Exception {
    UploadSession session = session(upload(BETS.subList(0, 19), 7), 20, finished);

    assertThat(session.run())
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict ->
                assertThat(conflict.reason())
                    .startsWith("the central has 20 bets")
                    .contains("the agency has 19"));
    assertThat(session.kinds()).containsExactly("Hello");
  }

  @Test
  void nothingIsSentWhenTheFileHasGrownAfterTheFinish() throws Exception {
    UploadSession session = session(upload(BETS, 7), 20, true);

    assertThat(session.run())
        .isEqualTo(new Outcome.Conflict("the agency has finished with 20 bets, and has more now"));
    assertThat(session.kinds()).containsExactly("Hello");
  }

  @Test
  void whatPrecedesABadRowIsStoredAndNothingAfterIt() throws Exception {
    for (int good = 0; good <= 22; good++) {
      List<Bet> bets = BETS.subList(0, good);
      ListedBets source = ListedBets.withBadRowAfter(bets);
      MemoryCentral central = new MemoryCentral(AGENCY, 2);
      UploadSession session = new UploadSession(upload(_ -> source, 7, true, 0), central);

      int line = good + 1;
      assertThat(session.run())
          .isInstanceOfSatisfying(
              Outcome.BadRow.class, bad -> assertThat(bad.row().line()).isEqualTo(line));

      assertThat(central.stored()).isEqualTo(bets);
      assertThat(central.isFinished()).isFalse();
      assertThat(session.kinds()).doesNotContain("Finish", "AskWinners");
      assertThat(source.closed()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBadRowAmongTheStoredOnesIsSaid(boolean finished) throws Exception {
    UploadSession session =
        session(
            upload(_ -> ListedBets.withBadRowAfter(BETS.subList(0, 10)), 7, true, 0), 20, finished);

    assertThat(session.run()).isInstanceOf(Outcome.BadRow.class);
    assertThat(session.kinds()).containsExactly("Hello");
  }

  @Test
  void aBadFileIsSaidBeforeAnythingIsSent() throws Exception {
    BetSource.Opener bad =
        _ -> {
          throw ListedBets.badRow(1);
        };
    UploadSession session = session(upload(bad, 7, true, 0), 0, false);

    assertThat(session.run()).isInstanceOf(Outcome.BadRow.class);
    assertThat(session.kinds()).containsExactly("Hello");
  }

  @Test
  void aFileThatCannotBeReadEndsTheSession() {
    BetSource.Opener missing =
        careful -> BetsFile.at(AGENCY, Path.of("not-there.csv")).open(careful);
    UploadSession session = session(upload(missing, 7, true, 0), 0, false);

    assertThatThrownBy(session::run)
        .isInstanceOf(BetsFile.UnreadableException.class)
        .hasMessage("not-there.csv does not exist");
  }

  @Test
  void aSingleBetIsStoredWithoutFinish() throws Exception {
    List<Bet> one = BETS.subList(0, 1);
    MemoryCentral central = new MemoryCentral(AGENCY, 4);
    for (List<String> kinds : List.of(List.of("Hello", "Batch"), List.of("Hello"))) {
      UploadSession session =
          new UploadSession(upload(_ -> ListedBets.of(one), 7, false, 0), central);

      assertThat(session.run()).isEqualTo(new Outcome.Stored());

      assertThat(session.kinds()).isEqualTo(kinds);
      assertThat(central.stored()).isEqualTo(one);
      assertThat(central.isFinished()).isFalse();
    }
  }

  @Test
  void helloSaysWhatIsKnownToBeStored() throws Exception {
    Upload upload = upload(_ -> ListedBets.of(BETS), 7, true, 20);
    UploadSession session = session(upload, 20, false);

    assertThat(session.run()).isInstanceOf(Outcome.Drawn.class);
    assertThat(session.said().getFirst())
        .isEqualTo(new Message.Hello(Codec.VERSION, Codec.VERSION, AGENCY, 20));
  }

  @Test
  void stopsWhenTheCentralHasLostWhatItAcknowledged() throws Exception {
    UploadSession session = session(upload(_ -> ListedBets.of(BETS), 7, true, 21), 20, false);

    assertThat(session.run())
        .isEqualTo(
            new Outcome.Refused(
                new Message.Refused(
                    Refusal.ACKED_LOST, 0, 20, "21 bets were acknowledged, 20 are stored")));
    assertThat(session.kinds()).containsExactly("Hello");
  }

  @Test
  void stopsThoughTheCentralDoesNotNoticeThatItHasLostBets() throws IOException {
    Upload upload = upload(_ -> ListedBets.of(BETS), 7, true, 21);
    assertThat(upload.next()).isPresent();

    upload.hear(new Message.Welcome(1, 4, MadeUpBets.state(BETS.subList(0, 20), false)));

    assertThat(upload.outcome())
        .contains(
            new Outcome.Conflict("the central has 20 bets, of the 21 that it has acknowledged"));
    assertThat(upload.next()).isEmpty();
    assertThat(upload.acked()).isEqualTo(21);
  }

  /** With a central that has so many of the bets already. */
  private static UploadSession session(Upload upload, int stored, boolean finished) {
    List<Bet> bets = BETS.subList(0, stored);
    return new UploadSession(upload, MemoryCentral.with(AGENCY, 4, bets, finished));
  }

  private static Upload upload(List<Bet> bets, int max) {
    return upload(_ -> ListedBets.of(bets), max, true, 0);
  }

  private static Upload upload(BetSource.Opener bets, int max, boolean draws, long acked) {
    return new Upload(AGENCY, bets, max, draws, acked);
  }

  private static Outcome drawn(List<Bet> bets) {
    return new Outcome.Drawn(MadeUpBets.receipt(bets), MadeUpBets.winners(bets).size());
  }
}
