package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final List<Long> BOUNDS =
      List.of(100L, 200L, 400L, 800L, 1600L, 3000L, 3000L, 3000L);

  @Test
  void theBoundDoublesUpToThreeSeconds() {
    assertThat(waits(new Backoff(new Longest()))).isEqualTo(BOUNDS);
  }

  @Test
  void theBoundStaysHoweverManyAttemptsThereWere() {
    Backoff backoff = new Backoff(new Longest());
    for (int attempt = 0; attempt < 100; attempt++) {
      backoff.next();
    }

    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void eachWaitIsAnywhereFromNothingToTheBound() {
    long[] least = new long[BOUNDS.size()];
    long[] most = new long[BOUNDS.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (long seed = 0; seed < 500; seed++) {
      List<Long> waits = waits(new Backoff(new Random(seed)));
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
    Backoff backoff = new Backoff(new Longest());
    backoff.next();
    backoff.next();

    backoff.reset();

    assertThat(waits(backoff)).isEqualTo(BOUNDS);
  }

  private static List<Long> waits(Backoff backoff) {
    return Stream.generate(backoff::next).limit(BOUNDS.size()).map(Duration::toMillis).toList();
  }

  /** Chance at its worst. */
  private static final class Longest implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new AssertionError("without a bound");
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
