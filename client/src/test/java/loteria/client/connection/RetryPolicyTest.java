package loteria.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Long> BOUNDS =
      List.of(100L, 200L, 400L, 800L, 1600L, 3000L, 3000L, 3000L);

  private long now;

  /** Retries by a clock and a chance of the test's own. */
  private final class Retries extends RetryPolicy {
    private final LongUnaryOperator chance;

    Retries(Duration limit, LongUnaryOperator chance) {
      super(limit);
      this.chance = chance;
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    protected long random(long bound) {
      return chance.applyAsLong(bound);
    }
  }

  private RetryPolicy longest() {
    return new Retries(LIMIT, bound -> bound - 1);
  }

  private RetryPolicy seeded(long seed) {
    return new Retries(LIMIT, new Random(seed)::nextLong);
  }

  private static List<Long> waits(RetryPolicy retries) {
    return Stream.generate(() -> retries.next(1).orElseThrow().toMillis())
        .limit(BOUNDS.size())
        .toList();
  }

  @Test
  void theBoundDoublesUpToThreeSeconds() {
    assertThat(waits(longest())).isEqualTo(BOUNDS);
  }

  @Test
  void theBoundStaysHoweverManyAttemptsThereWere() {
    RetryPolicy retries = longest();
    for (int attempt = 0; attempt < 100; attempt++) {
      Optional<Duration> _ = retries.next(1);
    }

    assertThat(retries.next(1)).contains(Duration.ofSeconds(3));
  }

  @Test
  void eachWaitIsAnywhereFromNothingToTheBound() {
    long[] least = new long[BOUNDS.size()];
    long[] most = new long[BOUNDS.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (long seed = 0; seed < 500; seed++) {
      List<Long> waits = waits(seeded(seed));
      for (int attempt = 0; attempt < waits.size(); attempt++) {
        assertThat(waits.get(attempt))
            .as("attempt %d, seed %d", attempt, seed)
            .isBetween(0L, BOUNDS.get(attempt));
        least[attempt] = Math.min(least[attempt], waits.get(attempt));
        most[attempt] = Math.max(most[attempt], waits.get(attempt));
      }
    }
    for (int attempt = 0; attempt < BOUNDS.size(); attempt++) {
      assertThat(least[attempt]).isLessThan(BOUNDS.get(attempt) / 20);
      assertThat(most[attempt]).isGreaterThan(BOUNDS.get(attempt) * 19 / 20);
    }
  }

  @Test
  void aSuccessStartsItAgain() {
    RetryPolicy retries = longest();
    Optional<Duration> first = retries.next(1);
    Optional<Duration> second = retries.next(1);
    assertThat(first).isNotEqualTo(second);

    retries.reset();

    assertThat(waits(retries)).isEqualTo(BOUNDS);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 123_456_789, Long.MAX_VALUE - 1_000, Long.MIN_VALUE, -5})
  void lastsAsLongAsItsLimitWhereverTheClockStands(long start) {
    now = start;
    RetryPolicy retries = longest();

    assertThat(retries.next(1)).isPresent();
    now += LIMIT.toNanos() - 1;
    assertThat(retries.next(1)).isPresent();
    now++;
    assertThat(retries.next(1)).isEmpty();
    now += LIMIT.toNanos();
    assertThat(retries.next(1)).isEmpty();
  }

  @Test
  void isWholeAgainAfterASuccess() {
    RetryPolicy retries = longest();
    assertThat(retries.next(1)).isPresent();
    now += LIMIT.toNanos();
    assertThat(retries.next(1)).isEmpty();

    retries.reset();

    assertThat(retries.next(1)).isPresent();
    now += LIMIT.toNanos() - 1;
    assertThat(retries.next(1)).isPresent();
    now++;
    assertThat(retries.next(1)).isEmpty();
  }

  /** A central that was well until then, or bets that came late, take nothing of it. */
  @Test
  void itsTimeBeginsWithTheFirstFailure() {
    RetryPolicy retries = longest();
    for (int times = 0; times < 2; times++) {
      now += 10 * LIMIT.toNanos();
      assertThat(retries.next(2)).contains(Duration.ZERO);
      now += LIMIT.toNanos() - 1;
      assertThat(retries.next(2)).isPresent();
      now++;
      assertThat(retries.next(2)).isEmpty();
      retries.reset();
    }
  }

  @Test
  void aSuccessShortensTheWaitsAgain() {
    for (long seed = 0; seed < 100; seed++) {
      RetryPolicy retries = seeded(seed);
      for (int attempt = 0; attempt < 10; attempt++) {
        Optional<Duration> _ = retries.next(1);
      }

      retries.reset();

      assertThat(retries.next(1).orElseThrow())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void withoutPatienceThereIsNoSecondAttempt() {
    assertThat(new Retries(Duration.ZERO, bound -> 0).next(1)).isEmpty();
  }

  @Test
  void noWaitIsLongerThanWhatIsLeftAndTheLastAttemptIsMadeWhenTheTimeIsOver() {
    for (long millis : LongStream.of(1, 99, 100, 250, 1_000, 4_000, 7_001).toArray()) {
      now = 0;
      RetryPolicy retries = new Retries(Duration.ofMillis(millis), bound -> bound - 1);
      Optional<Duration> wait = retries.next(1);
      while (wait.isPresent()) {
        now += wait.get().toNanos();
        assertThat(now).isLessThanOrEqualTo(Duration.ofMillis(millis).toNanos());
        wait = retries.next(1);
      }
      assertThat(now).isEqualTo(Duration.ofMillis(millis).toNanos());
    }
  }

  @Test
  void eachOfSeveralCentralsIsTriedOnceWithoutAWait() {
    RetryPolicy retries = longest();

    for (int round = 0; round < 2; round++) {
      assertThat(retries.next(3)).contains(Duration.ZERO);
      assertThat(retries.next(3)).contains(Duration.ZERO);
      List<Long> waits = new ArrayList<>();
      for (int i = 0; i < BOUNDS.size(); i++) {
        waits.add(retries.next(3).orElseThrow().toMillis());
      }
      assertThat(waits).isEqualTo(BOUNDS);
      retries.reset();
    }
  }

  @Test
  void noCentralIsTriedWhenTheTimeIsOver() {
    RetryPolicy retries = longest();
    assertThat(retries.next(3)).isPresent();
    now += LIMIT.toNanos();
    assertThat(retries.next(3)).isEmpty();
  }
}
