package loteria.checks.simulation.shared;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often what has happened. For one thread. */
public final class SharedTally {
  private final Map<Happened, Long> counts = new EnumMap<>(Happened.class);

  /** Nothing yet. */
  public SharedTally() {}

  void note(Happened what) {
    counts.merge(what, 1L, Long::sum);
  }

  long count(Happened what) {
    return counts.getOrDefault(what, 0L);
  }

  public void add(SharedTally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  /** A table, of what never happened too. */
  @Override
  public String toString() {
    return Stream.of(Happened.values())
        .map(what ->
            "  %-34s %,12d%n"
                .formatted(what.name().toLowerCase(Locale.ROOT).replace('_', ' '), count(what)))
        .collect(Collectors.joining());
  }
}
