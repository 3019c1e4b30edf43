package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "+0, 0",
    "0s, 0",
    "1ns, 1",
    "5s, 5000000000",
    "+5s, 5000000000",
    "30s, 30000000000",
    "100ms, 100000000",
    "012ms, 12000000",
    "1us, 1000",
    "1\u00b5s, 1000",
    "1\u03bcs, 1000",
    "1.5h, 5400000000000",
    "2h45m, 9900000000000",
    "5s3m, 185000000000",
    "1h1h, 7200000000000",
    "5.s, 5000000000",
    ".5s, 500000000",
    "1.0s, 1000000000",
    "1.004s, 1004000000",
    "0.3333333333333333333h, 1200000000000",
    "0.830103483285477580700h, 2988372539827",
    "0.100000000000000000000h, 360000000000",
    "0.999999999999999999999999ns, 1",
    "0.9ns, 0",
    "39h9m14.425s, 140954425000000",
    "9223372036854775807ns, 9223372036854775807",
    "9223372036.854775807s, 9223372036854775807"
  })
  void readsWhatGoReads(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", "3", "5.", "-5s", "-0", "s", ".s", "+.s", "1d", "1 s", " 1s", "1s ", "1S", "1e3s",
        "1,5s", "--1s", "0x10s", "1..5s", "1.5.5s", "1s1", "1s0", "\u0661s", "1m s", "00"
      })
  void refusesWhatGoRefuses(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("is (negative|empty)|lacks .*|has .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808ns",
        "9223372036.854775808s",
        "3000000h",
        "2562047h48m",
        "99999999999999999999s",
        "9223372036854775807ns1ns"
      })
  void refusesWhatIsTooLong(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than 292 years");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "1, 1ns",
    "1000, 1us",
    "100000000, 100ms",
    "5000000000, 5s",
    "90000000000, 1m30s",
    "3600000000000, 1h",
    "1500000000, 1s500ms"
  })
  void writesWithoutPartsThatAreZero(long nanos, String text) {
    assertThat(GoDuration.text(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @Test
  void readsWhatItWrites() {
    long seed = 20260302;
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      Duration duration = Duration.ofNanos(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63));
      assertThat(GoDuration.parse(GoDuration.text(duration)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(duration);
    }
  }
}
