package loteria.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UtcTimeTest {
  private static final DateTimeFormatter FORMATTER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01 00:00:00",
    "999, 1970-01-01 00:00:00",
    "-1, 1969-12-31 23:59:59",
    "951868799000, 2000-02-29 23:59:59",
    "1709164800000, 2024-02-29 00:00:00",
    "4107542400000, 2100-03-01 00:00:00",
    "253402300799999, 9999-12-31 23:59:59"
  })
  void isWrittenInUtc(long epochMillis, String written) {
    assertThat(text(epochMillis)).isEqualTo(written);
  }

  @Test
  void agreesWithTheFormatterOfTheLibrary() {
    long seed = 20260301;
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      // From the year 0 to 9999.
      long epochMillis = random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
      assertThat(text(epochMillis))
          .as("seed %d, round %d, %d ms", seed, round, epochMillis)
          .isEqualTo(FORMATTER.format(Instant.ofEpochMilli(epochMillis)));
    }
  }

  private static String text(long epochMillis) {
    byte[] text = new byte[UtcTime.BYTES];
    UtcTime.put(epochMillis, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
