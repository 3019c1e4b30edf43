package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatienceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private long now;

  @ParameterizedTest
  @ValueSource(longs = {0, 123_456_789, Long.MAX_VALUE - 1_000, Long.MIN_VALUE, -5})
  void lastsAsLongAsItsLimitWhereverTheClockStands(long start) {
    now = start;
    Patience patience = patience();

    assertThat(patience.next()).isPresent();
    now += LIMIT.toNanos() - 1;
    assertThat(patience.next()).isPresent();
    now++;
    assertThat(patience.next()).isEmpty();
    now += LIMIT.toNanos();
    assertThat(patience.next()).isEmpty();
  }

  @Test
  void isWholeAgainAfterASuccess() {
    Patience patience = patience();
    now += LIMIT.toNanos();
    assertThat(patience.next()).isEmpty();

    patience.reset();

    now += LIMIT.toNanos() - 1;
    assertThat(patience.next()).isPresent();
    now++;
    assertThat(patience.next()).isEmpty();
  }

  @Test
  void aSuccessShortensTheWaitsAgain() {
    for (long seed = 0; seed < 100; seed++) {
      Patience patience = new Patience(LIMIT, () -> now, new Random(seed));
      for (int attempt = 0; attempt < 10; attempt++) {
        patience.next();
      }

      patience.reset();

      assertThat(patience.next().orElseThrow())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void withoutPatienceThereIsNoSecondAttempt() {
    assertThat(new Patience(Duration.ZERO, () -> now, new Random(1)).next()).isEmpty();
  }

  private Patience patience() {
    return new Patience(LIMIT, () -> now, new Random(1));
  }
}
