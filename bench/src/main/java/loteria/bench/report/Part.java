package loteria.bench.report;

import java.util.Locale;

/** The parts of the bench, in the order in which they are run. */
public enum Part {
  INGEST,
  LATENCY,
  AGENCIES,
  SIZE,
  START,
  JMH,
  KAFKA;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
