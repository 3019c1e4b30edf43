package loteria.client.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.ListedBets;
import loteria.client.bets.MadeUpBets;
import loteria.lottery.BetRow;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bets are put together into batches, and which are passed over. */
final class BatchesTest {
  private static final int AGENCY = 7;

  @ParameterizedTest
  @CsvSource({
    "0, 10", "1, 10", "9, 10", "10, 10", "11, 10", "100, 10", "101, 10", "5, 1", "150, 99"
  })
  void onlyTheLastBatchIsSmallerThanTheCount(int count, int max) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, count);

    List<Rows> batches = batches(ListedBets.of(bets), max, List.of());

    List<Integer> expected = new ArrayList<>(Collections.nCopies(count / max, max));
    if (count % max > 0) {
      expected.add(count % max);
    }
    assertThat(batches).extracting(Rows::count).isEqualTo(expected);
    assertThat(unpacked(batches)).isEqualTo(bets);
  }

  @Test
  void aBatchIsFullWhenTheNextBetWouldNotFitItsFrame() throws Exception {
    List<Bet> bets = MadeUpBets.longest(AGENCY, 100).subList(0, 10);
    List<Bet> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.addAll(bets);
    }
    int betBytes = bets.getFirst().row().length;

    List<Rows> batches = batches(ListedBets.of(many), 65_535, List.of());

    assertThat(unpacked(batches)).isEqualTo(many);
    assertThat(batches).hasSizeGreaterThan(2).allMatch(batch -> batch.length() <= Rows.BYTES_MAX);
    assertThat(batches.subList(0, batches.size() - 1))
        .allMatch(batch -> batch.length() + betBytes > Rows.BYTES_MAX);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 65_535})
  void batchesOfMixedBetsAreNeverLargerThanTheFrame(int max) throws Exception {
    List<Bet> bets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bets.addAll(MadeUpBets.longest(AGENCY, 1));
      bets.addAll(MadeUpBets.of(AGENCY, i));
    }

    List<Rows> batches = batches(ListedBets.of(bets), max, List.of());

    assertThat(unpacked(batches)).isEqualTo(bets);
    assertThat(batches).allMatch(batch -> batch.length() <= Rows.BYTES_MAX && batch.count() <= max);
  }

  @Test
  void theLongestRowHasRoomInABatch() throws Exception {
    Bet longest =
        new Bet(
            AGENCY,
            "\"".repeat(BetRow.NAME_BYTES_MAX),
            "\"".repeat(BetRow.NAME_BYTES_MAX),
            "1".repeat(BetRow.DOCUMENT_DIGITS_MAX),
            MadeUpBets.of(AGENCY, 1).getFirst().birthDate(),
            9_999);
    List<Bet> bets = Collections.nCopies(20, longest);

    assertThat(unpacked(batches(ListedBets.of(bets), 99, List.of()))).isEqualTo(bets);
  }

  @Test
  void skippedBetsAreCountedAndSummedAsTheyAreOnTheWire() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 60);
    for (int n = 0; n <= bets.size(); n++) {
      List<Rows> batches = batches(ListedBets.of(bets), 7, bets.subList(0, n));

      assertThat(unpacked(batches)).isEqualTo(bets.subList(n, bets.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 2047, 2048, 2049, 3000})
  void manyBetsAreSkippedAsFewAre(int n) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 3000);

    assertThat(unpacked(batches(ListedBets.of(bets), 99, bets.subList(0, n))))
        .isEqualTo(bets.subList(n, bets.size()));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 100})
  void longBetsAreSkippedAsShortOnesAre(int n) throws Exception {
    List<Bet> bets = MadeUpBets.longest(AGENCY, 100);

    assertThat(unpacked(batches(ListedBets.of(bets), 99, bets.subList(0, n))))
        .isEqualTo(bets.subList(n, bets.size()));
  }

  @Test
  void notMoreBetsAreSkippedThanThereAre() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 5);
    MemoryCentral central = MemoryCentral.with(AGENCY, 4, MadeUpBets.of(AGENCY, 6), false);
    Upload upload = new Upload(AGENCY, _ -> ListedBets.of(bets), 99, true, 0);

    assertThat(new UploadSession(upload, central).run())
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            conflict ->
                assertThat(conflict.reason())
                    .contains(
                        "the agency has 5 of checksum %08x there"
                            .formatted(MadeUpBets.state(bets, false).checksum())));
  }

  @Test
  void aBadRowAmongTheSkippedOnesIsSaid() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 6);
    MemoryCentral central = MemoryCentral.with(AGENCY, 4, bets, false);
    Upload upload =
        new Upload(AGENCY, _ -> ListedBets.withBadRowAfter(bets.subList(0, 5)), 99, true, 0);

    assertThat(new UploadSession(upload, central).run())
        .isInstanceOfSatisfying(
            Outcome.BadRow.class, bad -> assertThat(bad.row().line()).isEqualTo(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 19, 20, 21})
  void allBetsBeforeABadRowAreBatchedBeforeItIsSaid(int count) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, count);
    MemoryCentral central = new MemoryCentral(AGENCY, 4);
    Upload upload = new Upload(AGENCY, _ -> ListedBets.withBadRowAfter(bets), 10, true, 0);

    assertThat(new UploadSession(upload, central).run())
        .isInstanceOfSatisfying(
            Outcome.BadRow.class, bad -> assertThat(bad.row().line()).isEqualTo(count + 1));
    assertThat(central.stored()).isEqualTo(bets);
  }

  /** What is sent to a central that has some of the bets already. */
  private static List<Rows> batches(BetSource source, int max, List<Bet> stored) throws Exception {
    MemoryCentral central = MemoryCentral.with(AGENCY, 4, stored, false);
    UploadSession session =
        new UploadSession(new Upload(AGENCY, _ -> source, max, false, 0), central);
    assertThat(session.run()).isEqualTo(new Outcome.Stored());
    List<Rows> batches = new ArrayList<>();
    for (Message.FromAgency message : session.said()) {
      if (message instanceof Message.Batch batch) {
        batches.add(batch.rows());
      }
    }
    return batches;
  }

  private static List<Bet> unpacked(List<Rows> batches) {
    return batches.stream().flatMap(rows -> Bet.of(rows).stream()).toList();
  }
}
