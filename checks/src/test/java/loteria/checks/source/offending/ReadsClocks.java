package loteria.checks.source.offending;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

final class ReadsClocks {
  private ReadsClocks() {}

  static long reads() {
    return System.nanoTime()
        + LocalDate.now(ZoneOffset.UTC).toEpochDay()
        + InstantSource.system().millis();
  }
}
