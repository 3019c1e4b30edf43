package loteria.bench;

import java.util.Locale;

/** The parts of the bench, in the order in which they are run. */
enum Part {
  INGEST,
  LATENCY,
  AGENCIES,
  SIZE,
  START,
  JMH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
