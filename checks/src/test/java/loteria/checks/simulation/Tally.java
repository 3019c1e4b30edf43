package loteria.checks.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.lottery.Refusal;

/** How often what was done, and what was reached. For one thread. */
final class Tally {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<Reached, Long> reached = new EnumMap<>(Reached.class);
  private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
  private long bets;
  private long virtualMicros;

  void note(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void note(Reached place) {
    reached.merge(place, 1L, Long::sum);
  }

  void note(Refusal refusal) {
    refusals.merge(refusal, 1L, Long::sum);
  }

  void ended(long betsStored, long virtualMicrosPassed) {
    bets += betsStored;
    virtualMicros += virtualMicrosPassed;
  }

  long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  long count(Reached place) {
    return reached.getOrDefault(place, 0L);
  }

  long count(Refusal refusal) {
    return refusals.getOrDefault(refusal, 0L);
  }

  void add(Tally other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    other.reached.forEach((place, count) -> reached.merge(place, count, Long::sum));
    other.refusals.forEach((refusal, count) -> refusals.merge(refusal, count, Long::sum));
    bets += other.bets;
    virtualMicros += other.virtualMicros;
  }

  /** The tables, those that never were included. */
  @Override
  public String toString() {
    return "%,d bets stored in %,d s of virtual time%n%nfaults injected%n%s%nplaces reached%n%s%nrefusals said%n%s"
        .formatted(
            bets,
            virtualMicros / Agenda.SECOND,
            table(Stream.of(Fault.values()).map(fault -> row(fault, count(fault)))),
            table(Stream.of(Reached.values()).map(place -> row(place, count(place)))),
            table(Stream.of(Refusal.values()).map(refusal -> row(refusal, count(refusal)))));
  }

  private static String row(Enum<?> what, long count) {
    String words = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "  %-34s %,12d%n".formatted(words, count);
  }

  private static String table(Stream<String> rows) {
    return rows.collect(Collectors.joining());
  }
}
