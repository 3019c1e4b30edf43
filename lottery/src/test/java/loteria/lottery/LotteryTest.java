package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LotteryTest {
  private static final int AGENCIES = 3;
  private static final int AGENCY = 2;

  /** The checksum of the ten bets of an agency that is half-way. */
  private static final int CHECKSUM = 0xCAFED00D;

  private static final Reason REASON = new Reason("no llegó");

  /** How the agency stands when it asks. */
  enum State {
    FRESH,
    HALF_WAY,
    FINISHED,
    CLOSED;

    Standing standing() {
      return switch (this) {
        case FRESH -> Standing.NEW;
        case HALF_WAY, CLOSED -> new Standing(10, CHECKSUM, false);
        case FINISHED -> new Standing(10, CHECKSUM, true);
      };
    }

    Lottery lottery() {
      Lottery lottery = new Lottery(AGENCIES);
      if (this != FRESH) {
        lottery.store(offer(0, 10, CHECKSUM));
      }
      if (this == FINISHED) {
        lottery.finish(AGENCY, 10, CHECKSUM);
      }
      if (this == CLOSED) {
        lottery.close(AGENCY, REASON);
      }
      lottery.commit();
      assertThat(lottery.standing(AGENCY)).isEqualTo(standing());
      return lottery;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    |  0 | REPEATED
          FRESH    |  1 | ACKED_LOST
          HALF_WAY |  0 | REPEATED
          HALF_WAY |  9 | REPEATED
          HALF_WAY | 10 | REPEATED
          HALF_WAY | 11 | ACKED_LOST
          FINISHED |  0 | REPEATED
          FINISHED | 10 | REPEATED
          FINISHED | 11 | ACKED_LOST
          CLOSED   |  0 | CLOSED
          CLOSED   | 10 | CLOSED
          CLOSED   | 11 | ACKED_LOST
          """)
  void greetsAnAgencyUnlessWhatItWasToldIsLost(State state, long acked, String outcome) {
    Lottery lottery = state.lottery();
    assertVerdict(lottery, state, lottery.greet(AGENCY, acked), outcome, state.standing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    |  0 |  1 | ACCEPTED
          FRESH    |  0 | 99 | ACCEPTED
          FRESH    |  1 |  1 | GAP
          HALF_WAY | 10 |  1 | ACCEPTED
          HALF_WAY | 10 | 99 | ACCEPTED
          HALF_WAY |  0 | 10 | REPEATED
          HALF_WAY |  0 |  1 | REPEATED
          HALF_WAY |  9 |  1 | REPEATED
          HALF_WAY |  0 | 11 | OVERLAP
          HALF_WAY |  9 |  2 | OVERLAP
          HALF_WAY | 11 |  1 | GAP
          HALF_WAY | 99 |  9 | GAP
          FINISHED |  0 | 10 | REPEATED
          FINISHED |  9 |  1 | REPEATED
          FINISHED | 10 |  1 | CLOSED
          FINISHED |  9 |  2 | CLOSED
          FINISHED | 11 |  1 | CLOSED
          CLOSED   | 10 |  1 | CLOSED
          CLOSED   |  0 | 10 | CLOSED
          CLOSED   |  9 |  2 | CLOSED
          CLOSED   | 11 |  1 | CLOSED
          """)
  void storesABatchWhereTheNextBetIsExpected(State state, long first, int count, String outcome) {
    Lottery lottery = state.lottery();
    Offer offer = offer(first, count, 0x12345678);
    int joined = Checksum.join(state.standing().checksum(), 0x12345678, offer.bytes());
    Standing after = new Standing(state.standing().next() + count, joined, false);
    assertVerdict(lottery, state, lottery.store(offer), outcome, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    |  0 | 00000000 | ACCEPTED
          FRESH    |  1 | 00000000 | CONFLICT
          FRESH    |  0 | 00000001 | CONFLICT
          HALF_WAY | 10 | cafed00d | ACCEPTED
          HALF_WAY |  9 | cafed00d | CONFLICT
          HALF_WAY | 11 | cafed00d | CONFLICT
          HALF_WAY | 10 | cafed00c | CONFLICT
          HALF_WAY |  0 | 00000000 | CONFLICT
          FINISHED | 10 | cafed00d | REPEATED
          FINISHED | 11 | cafed00d | CONFLICT
          FINISHED | 10 | 00000000 | CONFLICT
          CLOSED   | 10 | cafed00d | CLOSED
          CLOSED   |  9 | cafed00d | CLOSED
          """)
  void finishesAnAgencyThatSentWhatIsStored(
      State state, long total, String checksum, String outcome) {
    Lottery lottery = state.lottery();
    Standing after = new Standing(state.standing().next(), state.standing().checksum(), true);
    Verdict verdict = lottery.finish(AGENCY, total, Integer.parseUnsignedInt(checksum, 16));
    assertVerdict(lottery, state, verdict, outcome, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    | ACCEPTED | 2
          HALF_WAY | ACCEPTED | 2
          FINISHED | CLOSED   |
          CLOSED   | REPEATED | 2
          """)
  void closesAnAgencyThatHasNotFinished(State state, String outcome, @Nullable Integer closed) {
    Lottery lottery = state.lottery();
    Verdict verdict = lottery.close(AGENCY, new Reason("another one"));
    assertVerdict(lottery, state, verdict, outcome, state.standing());
    assertThat(lottery.closed().keySet()).isEqualTo(closed == null ? Set.of() : Set.of(closed));
    assertThat(lottery.missing()).containsExactly(1, 3);
    assertThat(lottery.closedFor(AGENCY).isPresent()).isEqualTo(closed != null);
  }

  @Test
  void keepsTheFirstReason() {
    Lottery lottery = State.CLOSED.lottery();
    lottery.close(AGENCY, new Reason("another one"));
    assertThat(lottery.closed()).containsExactly(Map.entry(AGENCY, REASON));
  }

  @Test
  void isCompleteWhenEveryAgencyHasFinishedOrWasClosed() {
    Lottery lottery = State.FINISHED.lottery();
    lottery.close(3, REASON);
    assertThat(lottery.isComplete()).isFalse();
    lottery.close(1, REASON);
    assertThat(lottery.isComplete()).isTrue();
    assertThat(lottery.missing()).isEmpty();
    assertThat(lottery.rollback()).containsExactlyInAnyOrder(1, 3);
    assertThat(lottery.isComplete()).isFalse();
    assertThat(lottery.missing()).containsExactly(1, 3);
    assertThat(lottery.closed()).isEmpty();
  }

  @Test
  void closesNoMoreThanASealCanName() {
    Lottery lottery = new Lottery(Lottery.CLOSED_MAX + 1);
    for (int agency = 1; agency <= Lottery.CLOSED_MAX; agency++) {
      assertThat(lottery.close(agency, REASON)).isInstanceOf(Verdict.Accepted.class);
    }
    assertRefused(
        "4000 agencies are closed, the most that can",
        lottery.close(Lottery.CLOSED_MAX + 1, REASON));
  }

  private static void assertVerdict(
      Lottery lottery, State state, Verdict verdict, String outcome, Standing after) {
    Standing expected = outcome.equals("ACCEPTED") ? after : state.standing();
    switch (verdict) {
      case Verdict.Accepted(Standing standing) -> {
        assertThat(outcome).isEqualTo("ACCEPTED");
        assertThat(standing).isEqualTo(expected);
      }
      case Verdict.Repeated(Standing standing) -> {
        assertThat(outcome).isEqualTo("REPEATED");
        assertThat(standing).isEqualTo(expected);
      }
      case Verdict.Refused(Refusal refusal, long next, String reason) -> {
        assertThat(outcome).isEqualTo(refusal.name());
        assertThat(next).isEqualTo(state.standing().next());
        assertThat(reason).isNotBlank().doesNotContain("\n", "|");
      }
    }
    assertThat(lottery.standings()).containsExactly(Standing.NEW, expected, Standing.NEW);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, AGENCIES + 1, 65_535, Integer.MAX_VALUE})
  void doesNotKnowOtherAgencies(int agency) {
    assertThat(new Lottery(AGENCIES).expects(agency)).isFalse();
    assertThat(new Lottery(AGENCIES).greet(agency, 0))
        .isEqualTo(
            new Verdict.Refused(
                Refusal.UNKNOWN_AGENCY, 0, "agency " + agency + " is not one of 1 to 3"));
    assertThat(new Lottery(AGENCIES).close(agency, REASON))
        .isEqualTo(new Lottery(AGENCIES).greet(agency, 0));
  }

  @Test
  void saysWhyItRefuses() {
    assertRefused("11 bets were acknowledged, 10 are stored", half().greet(AGENCY, 11));
    assertRefused("a batch from 12 on, where 10 is next", half().store(offer(12, 5, 0)));
    assertRefused("a batch from 8 to 12, where 10 is next", half().store(offer(8, 5, 0)));
    assertRefused(
        "the agency has finished with 10 bets", State.FINISHED.lottery().store(offer(10, 5, 0)));
    assertRefused(
        "finish with 9 bets of checksum 00000001, where 10 of checksum cafed00d are stored",
        half().finish(AGENCY, 9, 1));
    assertRefused(
        "the operator has closed the agency with 10 bets: no llegó",
        State.CLOSED.lottery().store(offer(10, 5, 0)));
    assertRefused(
        "agency 2 has finished with 10 bets", State.FINISHED.lottery().close(AGENCY, REASON));
  }

  private static Lottery half() {
    return State.HALF_WAY.lottery();
  }

  private static void assertRefused(String reason, Verdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void acceptsOrdinalsUpToTheLargest() {
    Lottery lottery = new Lottery(AGENCIES);
    assertThat(lottery.store(offer(Long.MAX_VALUE - 1, 1, 0)))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.GAP));
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatWasNotCommitted(State state) {
    Lottery lottery = state.lottery();
    lottery.store(offer(state.standing().next(), 5, 1));
    lottery.store(offer(state.standing().next() + 5, 5, 2));
    Standing standing = lottery.standing(AGENCY);
    lottery.finish(AGENCY, standing.next(), standing.checksum());
    lottery.rollback();
    assertThat(lottery.standings()).containsExactly(Standing.NEW, state.standing(), Standing.NEW);
  }

  @Test
  void keepsWhatWasCommitted() {
    Lottery lottery = half();
    lottery.store(offer(10, 5, 1));
    Standing committed = lottery.standing(AGENCY);
    lottery.commit();
    lottery.rollback();
    assertThat(lottery.standing(AGENCY)).isEqualTo(committed);
  }

  @Test
  void isCompleteWhenEveryAgencyHasFinished() {
    Lottery lottery = new Lottery(AGENCIES);
    assertThat(lottery.missing()).containsExactly(1, 2, 3);
    lottery.finish(2, 0, Checksum.EMPTY);
    assertThat(lottery.missing()).containsExactly(1, 3);
    lottery.finish(1, 0, Checksum.EMPTY);
    lottery.finish(1, 0, Checksum.EMPTY);
    assertThat(lottery.isComplete()).isFalse();
    lottery.commit();
    lottery.finish(3, 0, Checksum.EMPTY);
    assertThat(lottery.isComplete()).isTrue();
    assertThat(lottery.missing()).isEmpty();
    lottery.rollback();
    assertThat(lottery.isComplete()).isFalse();
    assertThat(lottery.missing()).containsExactly(3);
  }

  @Test
  void countsTheBetsOfAllAgencies() {
    Lottery lottery = new Lottery(AGENCIES);
    lottery.store(new Offer(1, 0, 7, 0, 100));
    lottery.store(new Offer(3, 0, 35, 0, 100));
    assertThat(lottery.bets()).isEqualTo(42);
  }

  @Test
  void holdsAsManyAgenciesAsItMay() {
    Lottery lottery = new Lottery(Lottery.AGENCIES_MAX);
    assertThat(lottery.agencies()).isEqualTo(65_535);
    assertThat(lottery.greet(65_535, 0)).isEqualTo(new Verdict.Repeated(Standing.NEW));
  }

  @Test
  void handsOutNoStateOfItsOwn() {
    Lottery lottery = new Lottery(1);
    List<Standing> standings = lottery.standings();
    lottery.finish(1, 0, Checksum.EMPTY);
    assertThat(standings).containsExactly(Standing.NEW);
  }

  private static Offer offer(long first, int count, int checksum) {
    return new Offer(AGENCY, first, count, checksum, 30 * count);
  }
}
