package loteria.checks.simulation.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.lottery.Refusal;

/** How often what was done, what was reached, and what was said. For one thread. */
public final class Tally {
  private final Map<Enum<?>, Long> counts = new HashMap<>();
  private long bets;
  private long virtualMicros;

  public void note(Enum<?> what) {
    counts.merge(what, 1L, Long::sum);
  }

  public void ended(long betsStored, long virtualMicrosPassed) {
    bets += betsStored;
    virtualMicros += virtualMicrosPassed;
  }

  public boolean has(Enum<?> what) {
    return counts.containsKey(what);
  }

  /** Those of some that never were. */
  public List<Enum<?>> missing(Enum<?>... all) {
    return Arrays.stream(all).filter(what -> !has(what)).toList();
  }

  public void add(Tally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    bets += other.bets;
    virtualMicros += other.virtualMicros;
  }

  /** The tables, those that never were included. */
  @Override
  public String toString() {
    return "%,d bets stored in %,d s of virtual time%n%nfaults injected%n%s%nplaces reached%n%s%namong several centrals%n%s%nrefusals said%n%s"
        .formatted(
            bets,
            virtualMicros / Agenda.SECOND,
            table(Fault.values()),
            table(Reached.values()),
            table(Happened.values()),
            table(Refusal.values()));
  }

  private String table(Enum<?>[] rows) {
    return Stream.of(rows)
        .map(what ->
            "  %-34s %,12d%n"
                .formatted(
                    what.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    counts.getOrDefault(what, 0L)))
        .collect(Collectors.joining());
  }
}
