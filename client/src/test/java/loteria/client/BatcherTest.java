package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import loteria.lottery.Bet;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BatcherTest {
  private static final int AGENCY = 7;

  @ParameterizedTest
  @CsvSource({
    "0, 10", "1, 10", "9, 10", "10, 10", "11, 10", "100, 10", "101, 10", "5, 1", "150, 99"
  })
  void onlyTheLastBatchIsSmallerThanTheCount(int count, int max) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, count);

    List<Bets> batches = batches(new Batcher(AGENCY, ListedBets.of(bets), max));

    List<Integer> expected = new ArrayList<>(Collections.nCopies(count / max, max));
    if (count % max > 0) {
      expected.add(count % max);
    }
    assertThat(batches).extracting(Bets::count).isEqualTo(expected);
    assertThat(unpacked(batches)).isEqualTo(bets);
  }

  @Test
  void aBatchIsFullWhenTheNextBetWouldNotFitItsFrame() throws Exception {
    List<Bet> bets = MadeUpBets.longest(AGENCY, 100);
    int betBytes = MadeUpBets.wire(bets).length / bets.size();

    List<Bets> batches = batches(new Batcher(AGENCY, ListedBets.of(bets), 65_535));

    assertThat(unpacked(batches)).isEqualTo(bets);
    assertThat(batches).hasSizeGreaterThan(2).allMatch(batch -> batch.length() <= Bets.BYTES_MAX);
    assertThat(batches.subList(0, batches.size() - 1))
        .allMatch(batch -> batch.length() + betBytes > Bets.BYTES_MAX);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 65_535})
  void batchesOfMixedBetsAreNeverLargerThanTheFrame(int max) throws Exception {
    List<Bet> bets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bets.addAll(MadeUpBets.longest(AGENCY, 1));
      bets.addAll(MadeUpBets.of(AGENCY, i));
    }

    List<Bets> batches = batches(new Batcher(AGENCY, ListedBets.of(bets), max));

    assertThat(unpacked(batches)).isEqualTo(bets);
    assertThat(batches).allMatch(batch -> batch.length() <= Bets.BYTES_MAX && batch.count() <= max);
  }

  @Test
  void skippedBetsAreCountedAndSummedAsTheyAreOnTheWire() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 60);
    for (int n = 0; n <= bets.size(); n++) {
      Batcher batcher = new Batcher(AGENCY, ListedBets.of(bets), 7);

      assertThat(batcher.skip(n)).isEqualTo(MadeUpBets.standing(bets.subList(0, n), false));
      assertThat(unpacked(batches(batcher))).isEqualTo(bets.subList(n, bets.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 2047, 2048, 2049, 3000})
  void manyBetsAreSkippedAsFewAre(int n) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 3000);

    assertThat(new Batcher(AGENCY, ListedBets.of(bets), 99).skip(n))
        .isEqualTo(MadeUpBets.standing(bets.subList(0, n), false));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 100})
  void longBetsAreSkippedAsShortOnesAre(int n) throws Exception {
    List<Bet> bets = MadeUpBets.longest(AGENCY, 100);

    assertThat(new Batcher(AGENCY, ListedBets.of(bets), 99).skip(n))
        .isEqualTo(MadeUpBets.standing(bets.subList(0, n), false));
  }

  @Test
  void notMoreBetsAreSkippedThanThereAre() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 5);
    Batcher batcher = new Batcher(AGENCY, ListedBets.of(bets), 99);

    assertThat(batcher.skip(1_000_000)).isEqualTo(MadeUpBets.standing(bets, false));
    assertThat(batcher.next()).isEmpty();
  }

  @Test
  void aBadRowAmongTheSkippedOnesIsSaid() {
    Batcher batcher = new Batcher(AGENCY, ListedBets.withBadRowAfter(MadeUpBets.of(AGENCY, 5)), 99);

    assertThat(catchThrowableOfType(BadRowException.class, () -> batcher.skip(6)).line())
        .isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 19, 20, 21})
  void allBetsBeforeABadRowAreBatchedBeforeItIsSaid(int count) throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, count);
    Batcher batcher = new Batcher(AGENCY, ListedBets.withBadRowAfter(bets), 10);

    List<Bets> batches = new ArrayList<>();
    for (int stored = 0; stored < count; stored += batches.getLast().count()) {
      batches.add(batcher.next().orElseThrow());
    }

    assertThat(unpacked(batches)).isEqualTo(bets);
    for (int again = 0; again < 2; again++) {
      assertThat(catchThrowableOfType(BadRowException.class, batcher::next).line())
          .isEqualTo(count + 1);
    }
  }

  private static List<Bets> batches(Batcher batcher) throws Exception {
    List<Bets> batches = new ArrayList<>();
    for (Optional<Bets> next = batcher.next(); next.isPresent(); next = batcher.next()) {
      batches.add(next.get());
    }
    return batches;
  }

  private static List<Bet> unpacked(List<Bets> batches) {
    List<Bet> bets = new ArrayList<>();
    for (Bets batch : batches) {
      BetCursor cursor = batch.cursor();
      while (cursor.next()) {
        bets.add(cursor.bet(AGENCY));
      }
      assertThat(cursor.invalid()).isNull();
    }
    return bets;
  }
}
