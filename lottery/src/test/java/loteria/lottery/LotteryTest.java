package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LotteryTest {
  private static final int AGENCIES = 3;
  private static final int AGENCY = 2;

  private static final int ROW_BYTES = 30;

  /** The checksum of the ten bets of an agency that is half-way. */
  private static final int CHECKSUM = 0xCAFED00D;

  private static final ClosingReason REASON = new ClosingReason("no llegó");

  /** How the agency stands when it asks. */
  enum State {
    FRESH,
    HALF_WAY,
    FINISHED,
    CLOSED;

    AgencyState agencyState() {
      return switch (this) {
        case FRESH -> AgencyState.NEW;
        case HALF_WAY -> new AgencyState(10, CHECKSUM, false);
        case CLOSED -> new AgencyState(10, CHECKSUM, false, REASON);
        case FINISHED -> new AgencyState(10, CHECKSUM, true);
      };
    }

    Lottery lottery() {
      Lottery lottery = new Lottery(AGENCIES);
      if (this != FRESH) {
        store(lottery, 0, 10, CHECKSUM);
      }
      if (this == FINISHED) {
        lottery.finish(AGENCY, 10, CHECKSUM);
      }
      if (this == CLOSED) {
        lottery.close(AGENCY, REASON);
      }
      commit(lottery);
      assertThat(lottery.state(AGENCY)).isEqualTo(agencyState());
      return lottery;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    |  0 | DUPLICATE
          FRESH    |  1 | ACKED_LOST
          HALF_WAY |  0 | DUPLICATE
          HALF_WAY |  9 | DUPLICATE
          HALF_WAY | 10 | DUPLICATE
          HALF_WAY | 11 | ACKED_LOST
          FINISHED |  0 | DUPLICATE
          FINISHED | 10 | DUPLICATE
          FINISHED | 11 | ACKED_LOST
          CLOSED   |  0 | CLOSED
          CLOSED   | 10 | CLOSED
          CLOSED   | 11 | ACKED_LOST
          """)
  void greetsAnAgencyUnlessWhatItWasToldIsLost(State state, long acked, String outcome) {
    Lottery lottery = state.lottery();
    assertDecision(lottery, state, lottery.greet(AGENCY, acked), outcome, state.agencyState());
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
          HALF_WAY |  0 | 10 | DUPLICATE
          HALF_WAY |  0 |  1 | DUPLICATE
          HALF_WAY |  9 |  1 | DUPLICATE
          HALF_WAY |  0 | 11 | OVERLAP
          HALF_WAY |  9 |  2 | OVERLAP
          HALF_WAY | 11 |  1 | GAP
          HALF_WAY | 99 |  9 | GAP
          FINISHED |  0 | 10 | DUPLICATE
          FINISHED |  9 |  1 | DUPLICATE
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
    int joined =
        Checksum.join(state.agencyState().checksum(), 0x12345678, (long) ROW_BYTES * count);
    AgencyState after = new AgencyState(state.agencyState().next() + count, joined, false);
    assertDecision(lottery, state, store(lottery, first, count, 0x12345678), outcome, after);
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
          FINISHED | 10 | cafed00d | DUPLICATE
          FINISHED | 11 | cafed00d | CONFLICT
          FINISHED | 10 | 00000000 | CONFLICT
          CLOSED   | 10 | cafed00d | CLOSED
          CLOSED   |  9 | cafed00d | CLOSED
          """)
  void finishesAnAgencyThatSentWhatIsStored(
      State state, long total, String checksum, String outcome) {
    Lottery lottery = state.lottery();
    AgencyState after =
        new AgencyState(state.agencyState().next(), state.agencyState().checksum(), true);
    Decision decision = lottery.finish(AGENCY, total, Integer.parseUnsignedInt(checksum, 16));
    assertDecision(lottery, state, decision, outcome, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FRESH    | ACCEPTED | 2
          HALF_WAY | ACCEPTED | 2
          FINISHED | CLOSED   |
          CLOSED   | DUPLICATE | 2
          """)
  void closesAnAgencyThatHasNotFinished(State state, String outcome, @Nullable Integer closed) {
    Lottery lottery = state.lottery();
    ClosingReason reason = new ClosingReason("another one");
    Decision decision = lottery.close(AGENCY, reason);
    AgencyState before = state.agencyState();
    AgencyState after = new AgencyState(before.next(), before.checksum(), false, reason);
    assertDecision(lottery, state, decision, outcome, after);
    assertThat(lottery.closed()).isEqualTo(closed == null ? List.of() : List.of(closed));
    assertThat(lottery.missing()).containsExactly(1, 3);
    assertThat(lottery.state(AGENCY).isOver()).isTrue();
  }

  @Test
  void keepsTheFirstReason() {
    Lottery lottery = State.CLOSED.lottery();
    lottery.close(AGENCY, new ClosingReason("another one"));
    assertThat(lottery.closed()).containsExactly(AGENCY);
    assertThat(lottery.state(AGENCY).closed()).isEqualTo(REASON);
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
      assertThat(lottery.close(agency, REASON)).isInstanceOf(Decision.Accepted.class);
    }
    assertRefused(
        "4000 agencies are closed, the most that can",
        lottery.close(Lottery.CLOSED_MAX + 1, REASON));
  }

  private static void assertDecision(
      Lottery lottery, State state, Decision decision, String outcome, AgencyState after) {
    AgencyState expected = outcome.equals("ACCEPTED") ? after : state.agencyState();
    switch (decision) {
      case Decision.Accepted(AgencyState stored) -> {
        assertThat(outcome).isEqualTo("ACCEPTED");
        assertThat(stored).isEqualTo(expected);
      }
      case Decision.Unchanged(AgencyState stored) -> {
        assertThat(outcome).isEqualTo("DUPLICATE");
        assertThat(stored).isEqualTo(expected);
      }
      case Decision.Rejected(Refusal refusal, long next, String reason) -> {
        assertThat(outcome).isEqualTo(refusal.name());
        assertThat(next).isEqualTo(state.agencyState().next());
        assertThat(reason).isNotBlank().doesNotContain("\n", "|");
      }
    }
    assertThat(lottery.states()).containsExactly(AgencyState.NEW, expected, AgencyState.NEW);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, AGENCIES + 1, 65_535, Integer.MAX_VALUE})
  void doesNotKnowOtherAgencies(int agency) {
    assertThat(new Lottery(AGENCIES).expects(agency)).isFalse();
    assertThat(new Lottery(AGENCIES).greet(agency, 0))
        .isEqualTo(
            new Decision.Rejected(
                Refusal.UNKNOWN_AGENCY, 0, "agency " + agency + " is not one of 1 to 3"));
    assertThat(new Lottery(AGENCIES).close(agency, REASON))
        .isEqualTo(new Lottery(AGENCIES).greet(agency, 0));
  }

  @Test
  void saysWhyItRefuses() {
    assertRefused("11 bets were acknowledged, 10 are stored", half().greet(AGENCY, 11));
    assertRefused("a batch from 12 on, where 10 is next", store(half(), 12, 5, 0));
    assertRefused("a batch from 8 to 12, where 10 is next", store(half(), 8, 5, 0));
    assertRefused(
        "the agency has finished with 10 bets", store(State.FINISHED.lottery(), 10, 5, 0));
    assertRefused(
        "finish with 9 bets of checksum 00000001, where 10 of checksum cafed00d are stored",
        half().finish(AGENCY, 9, 1));
    assertRefused(
        "the operator has closed the agency with 10 bets: no llegó",
        store(State.CLOSED.lottery(), 10, 5, 0));
    assertRefused(
        "agency 2 has finished with 10 bets", State.FINISHED.lottery().close(AGENCY, REASON));
  }

  private static Lottery half() {
    return State.HALF_WAY.lottery();
  }

  private static void assertRefused(String reason, Decision decision) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Rejected.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void acceptsOrdinalsUpToTheLargest() {
    Lottery lottery = new Lottery(AGENCIES);
    assertThat(store(lottery, Long.MAX_VALUE - 1, 1, 0))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.GAP));
  }

  @ParameterizedTest
  @EnumSource
  void forgetsWhatWasNotCommitted(State state) {
    Lottery lottery = state.lottery();
    store(lottery, state.agencyState().next(), 5, 1);
    store(lottery, state.agencyState().next() + 5, 5, 2);
    AgencyState stored = lottery.state(AGENCY);
    lottery.finish(AGENCY, stored.next(), stored.checksum());
    lottery.rollback();
    assertThat(lottery.states())
        .containsExactly(AgencyState.NEW, state.agencyState(), AgencyState.NEW);
  }

  @Test
  void keepsWhatWasCommitted() {
    Lottery lottery = half();
    store(lottery, 10, 5, 1);
    AgencyState committed = lottery.state(AGENCY);
    commit(lottery);
    lottery.rollback();
    assertThat(lottery.state(AGENCY)).isEqualTo(committed);
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
    commit(lottery);
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
    lottery.add(1, 0, 7, 0, 100);
    lottery.add(3, 0, 35, 0, 100);
    assertThat(lottery.bets()).isEqualTo(42);
  }

  @Test
  void holdsAsManyAgenciesAsItMay() {
    Lottery lottery = new Lottery(Lottery.AGENCIES_MAX);
    assertThat(lottery.agencies()).isEqualTo(65_535);
    assertThat(lottery.greet(65_535, 0)).isEqualTo(new Decision.Unchanged(AgencyState.NEW));
  }

  @Test
  void handsOutNoStateOfItsOwn() {
    Lottery lottery = new Lottery(1);
    List<AgencyState> states = lottery.states();
    lottery.finish(1, 0, Checksum.EMPTY);
    assertThat(states).containsExactly(AgencyState.NEW);
  }

  private static void commit(Lottery lottery) {
    lottery.endGroup();
    lottery.commit();
  }

  @Test
  void commitsTheGroupThatWasEndedAndNotTheOneAfterIt() {
    Lottery lottery = half();
    store(lottery, 10, 5, 1);
    AgencyState older = lottery.state(AGENCY);
    lottery.endGroup();
    store(lottery, 15, 5, 2);
    lottery.finish(1, 0, Checksum.EMPTY);
    lottery.commit();
    assertThat(lottery.rollback()).containsExactlyInAnyOrder(1, AGENCY);
    assertThat(lottery.states()).containsExactly(AgencyState.NEW, older, AgencyState.NEW);
    assertThat(lottery.missing()).containsExactly(1, 2, 3);
  }

  @Test
  void forgetsBothGroupsThatAreUnderWay() {
    Lottery lottery = half();
    AgencyState before = lottery.state(AGENCY);
    store(lottery, 10, 5, 1);
    lottery.close(3, REASON);
    lottery.endGroup();
    store(lottery, 15, 5, 2);
    lottery.close(AGENCY, REASON);
    lottery.finish(1, 0, Checksum.EMPTY);
    assertThat(lottery.isComplete()).isTrue();
    assertThat(lottery.rollback()).containsExactlyInAnyOrder(1, AGENCY, 3);
    assertThat(lottery.states()).containsExactly(AgencyState.NEW, before, AgencyState.NEW);
    assertThat(lottery.missing()).containsExactly(1, 2, 3);
    assertThat(lottery.closed()).isEmpty();
    assertThat(lottery.bets()).isEqualTo(10);
    assertThat(lottery.rollback()).as("nothing is left to be forgotten").isEmpty();
  }

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final String SHA256 = "ab".repeat(32);

  /** Agency 1 was closed, the second has finished with ten bets, the third without any. */
  private static Lottery complete() {
    Lottery lottery = State.FINISHED.lottery();
    lottery.close(1, REASON);
    lottery.finish(3, 0, Checksum.EMPTY);
    commit(lottery);
    return lottery;
  }

  private static Seal sealOf(int bets, Integer... closed) {
    return new Seal(bets, SHA256, List.of(closed));
  }

  @Test
  void sealsAndDrawsOnceEach() {
    Lottery lottery = complete();
    assertThat(lottery.sealed()).isEmpty();
    assertThat(lottery.seal(sealOf(10, 1), AT)).isEmpty();
    assertThat(lottery.sealed()).contains(new Lottery.Sealed(sealOf(10, 1), AT));
    assertThat(lottery.drawn()).isEmpty();
    assertThat(lottery.draw(7574, 10, AT.plusSeconds(1))).isEmpty();
    assertThat(lottery.drawn()).contains(new Lottery.Drawn(7574, 10, AT.plusSeconds(1)));
    assertThat(lottery.seal(sealOf(10, 1), AT)).contains("the bets are sealed already");
    assertThat(lottery.draw(7574, 10, AT)).contains("the draw was held already, of 7574");
    assertThat(lottery.draw(1, 0, AT)).contains("the draw was held already, of 7574");
    assertThat(lottery.drawn()).contains(new Lottery.Drawn(7574, 10, AT.plusSeconds(1)));
  }

  @Test
  void sealsNothingElseThanWhatIsStored() {
    Lottery lottery = complete();
    assertThat(lottery.seal(sealOf(9, 1), AT))
        .contains("the seal counts 9 bets, where 10 are stored");
    assertThat(lottery.seal(sealOf(10), AT))
        .contains("the seal names the agencies [] as closed, where [1] were");
    assertThat(lottery.seal(sealOf(10, 1, 2), AT))
        .contains("the seal names the agencies [1, 2] as closed, where [1] were");
    assertThat(lottery.sealed()).isEmpty();
    assertThat(half().seal(sealOf(10), AT))
        .contains("the bets cannot be sealed: 3 agencies are awaited");
  }

  @Test
  void drawsNothingBeforeTheSealAndNoMoreWinnersThanBets() {
    Lottery lottery = complete();
    assertThat(lottery.draw(7574, 0, AT)).contains("the draw was held before the bets were sealed");
    lottery.seal(sealOf(10, 1), AT);
    assertThat(lottery.draw(7574, 11, AT)).contains("11 bets have won, of 10");
    assertThat(lottery.drawn()).isEmpty();
  }

  @Test
  void acceptsNothingAfterTheSeal() {
    Lottery lottery = complete();
    lottery.seal(sealOf(10, 1), AT);
    List<AgencyState> states = lottery.states();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      AgencyState state = lottery.state(agency);
      assertThat(lottery.add(agency, state.next(), 1, 0, ROW_BYTES))
          .isInstanceOf(Decision.Rejected.class);
      assertThat(lottery.finish(agency, state.next() + 1, 0)).isInstanceOf(Decision.Rejected.class);
      assertThat(lottery.close(agency, REASON)).isNotInstanceOf(Decision.Accepted.class);
    }
    assertThat(lottery.states()).isEqualTo(states);
  }

  @Test
  void forgetsASealAndADrawThatWereNotCommitted() {
    Lottery lottery = complete();
    lottery.seal(sealOf(10, 1), AT);
    lottery.rollback();
    assertThat(lottery.sealed()).isEmpty();
    lottery.seal(sealOf(10, 1), AT);
    commit(lottery);
    lottery.draw(7574, 1, AT);
    lottery.rollback();
    assertThat(lottery.drawn()).isEmpty();
    assertThat(lottery.sealed()).isPresent();
    lottery.draw(7574, 1, AT);
    commit(lottery);
    lottery.rollback();
    assertThat(lottery.drawn()).isPresent();
  }

  /** A commit is of the older group, whatever the seal and the draw are in. */
  @Test
  void keepsASealOnlyWithTheGroupThatItIsIn() {
    Lottery lottery = complete();
    lottery.greet(1, 0);
    lottery.endGroup();
    lottery.seal(sealOf(10, 1), AT);
    lottery.commit();
    lottery.rollback();
    assertThat(lottery.sealed()).isEmpty();
    lottery.seal(sealOf(10, 1), AT);
    lottery.endGroup();
    lottery.draw(7574, 1, AT);
    lottery.commit();
    lottery.rollback();
    assertThat(lottery.sealed()).isPresent();
    assertThat(lottery.drawn()).isEmpty();
    lottery.draw(7574, 1, AT);
    lottery.endGroup();
    lottery.rollback();
    assertThat(lottery.drawn()).as("of the older group").isEmpty();
  }

  private static Decision store(Lottery lottery, long first, int count, int checksum) {
    return lottery.add(AGENCY, first, count, checksum, ROW_BYTES * count);
  }
}
