package loteria.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A central's status for a terminal of 80 columns: docs/STATUS.md says what comes in. */
final class StatusTable {
  private static final int BAR_CELLS = 24;

  /** Of more agencies than that, those that are missing come first and the rest is counted. */
  private static final int AGENCIES_MAX = 40;

  private static final int LIST_MAX = 12;
  private static final int COLUMNS_MAX = 79;
  private static final int RATE_SECONDS = 10;

  private final Map<?, ?> status;
  private final List<String> lines = new ArrayList<>();

  private StatusTable(Map<?, ?> status) {
    this.status = status;
  }

  /**
   * The lines.
   *
   * @throws IllegalArgumentException if it is not a status
   */
  static List<String> of(String json) {
    try {
      // JSON is YAML 1.2, and a reader of that is here already.
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(json.length() + 1).build();
      if (new Load(settings).loadFromString(json) instanceof Map<?, ?> status
          && status.get("state") instanceof String) {
        return new StatusTable(status).lay();
      }
    } catch (YamlEngineException | ClassCastException _) {
      // Said below.
    }
    throw new IllegalArgumentException("what answers is not a central's status");
  }

  private List<String> lay() {
    line("Lotería: %s, since %s", state(), text(status, "started"));
    line(
        "%,d bets, %,d/s; %d of %d agencies finished; %d connections",
        number(status, "bets"), rate(), finished(), number(status, "expected"), connections());
    List<Long> missing = list(status, "missing").stream().map(StatusTable::number).toList();
    if (!missing.isEmpty()) {
      line("missing: %s", some(missing));
    }
    lines.add("");
    agencies();
    lines.add("");
    end();
    return lines;
  }

  private String state() {
    return text(status, "state").replace('_', ' ');
  }

  private long connections() {
    return number(status, "connections");
  }

  /** Bets a second of the last seconds. */
  private long rate() {
    List<?> rates = list(status, "bets_per_second");
    List<?> last = rates.subList(Math.max(rates.size() - RATE_SECONDS, 0), rates.size());
    return Math.round(last.stream().mapToLong(StatusTable::number).average().orElse(0));
  }

  private long finished() {
    return list(status, "agencies").stream().filter(agency -> is(map(agency), "finished")).count();
  }

  private void agencies() {
    List<? extends Map<?, ?>> all =
        list(status, "agencies").stream().map(StatusTable::map).toList();
    long most = all.stream().mapToLong(agency -> number(agency, "bets")).max().orElse(0);
    line("agency %12s  %-24s  %-13s %8s  %s", "bets", "", "", "seen", "winners");
    all.stream()
        .sorted((one, other) -> Boolean.compare(is(one, "finished"), is(other, "finished")))
        .limit(all.size() > AGENCIES_MAX ? AGENCIES_MAX : Long.MAX_VALUE)
        .sorted((one, other) -> Long.compare(number(one, "agency"), number(other, "agency")))
        .forEach(agency -> agency(agency, most));
    if (all.size() > AGENCIES_MAX) {
      line("… and %,d more", all.size() - AGENCIES_MAX);
    }
  }

  private void agency(Map<?, ?> agency, long most) {
    long bets = number(agency, "bets");
    int full = most == 0 ? 0 : (int) (BAR_CELLS * bets / most);
    Object seen = agency.get("seconds_since_seen");
    Object winners = agency.get("winners");
    line(
        "%6d %,12d  %s%s  %-13s %8s  %s",
        number(agency, "agency"),
        bets,
        "#".repeat(full),
        ".".repeat(BAR_CELLS - full),
        part(agency),
        seen == null ? "-" : seen + " s",
        winners == null ? "" : winners);
  }

  private static String part(Map<?, ?> agency) {
    if (agency.get("closed") != null) {
      return "closed";
    }
    if (is(agency, "finished")) {
      return "finished";
    }
    return is(agency, "connected") ? "connected" : "away";
  }

  private void end() {
    if (status.get("seal") instanceof Map<?, ?> seal) {
      line("sealed: %,d bets", number(seal, "bets"));
      line("  %s", text(seal, "sha256"));
      List<Long> closed = list(seal, "closed").stream().map(StatusTable::number).toList();
      if (!closed.isEmpty()) {
        line("  without the rest of agencies %s, which were closed", some(closed));
      }
    }
    if (status.get("draw") instanceof Map<?, ?> draw) {
      line("drawn: number %04d, %,d winners", number(draw, "number"), number(draw, "winners"));
    }
    Map<?, ?> refusals = map(status.get("refusals"));
    if (!refusals.isEmpty()) {
      List<String> counted =
          refusals.entrySet().stream()
              .map(refusal -> refusal.getKey() + " " + refusal.getValue())
              .toList();
      line("refused: %s", String.join(", ", counted));
    }
    Map<?, ?> journal = map(status.get("journal"));
    Map<?, ?> seconds = map(journal.get("fsync_seconds"));
    line(
        "journal: %,d bytes, %,d fsyncs; %.1f ms in the middle, 99%% in %.1f, all in %.1f",
        number(journal, "bytes"),
        number(journal, "fsyncs"),
        millis(seconds, "p50"),
        millis(seconds, "p99"),
        millis(seconds, "max"));
  }

  private void line(String format, @Nullable Object... values) {
    String line = String.format(Locale.ROOT, format, values).stripTrailing();
    lines.add(line.length() <= COLUMNS_MAX ? line : line.substring(0, COLUMNS_MAX - 1) + "…");
  }

  private static String some(List<Long> numbers) {
    String named =
        String.join(", ", numbers.stream().limit(LIST_MAX).map(String::valueOf).toList());
    int rest = numbers.size() - LIST_MAX;
    return rest > 0 ? "%s and %d more".formatted(named, rest) : named;
  }

  private static double millis(Map<?, ?> seconds, String name) {
    return seconds.get(name) instanceof Number value ? value.doubleValue() * 1000 : 0;
  }

  private static boolean is(Map<?, ?> object, String name) {
    return Boolean.TRUE.equals(object.get(name));
  }

  private static long number(Map<?, ?> object, String name) {
    return number(object.get(name));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /** Whoever answers may be anybody: no text of his moves the cursor. */
  private static String text(Map<?, ?> object, String name) {
    return String.valueOf(object.get(name)).replaceAll("\\p{Cntrl}", "?");
  }

  private static List<?> list(Map<?, ?> object, String name) {
    return object.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
