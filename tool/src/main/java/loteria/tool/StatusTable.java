package loteria.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A central's status as a table that fits a screen: docs/STATUS.md says what comes in. */
final class StatusTable {
  private static final int BAR_CELLS = 24;

  private static final int LIST_MAX = 12;
  private static final int RATE_SECONDS = 10;

  /** What part an agency has in the lottery; those that need attention come first. */
  private enum Part {
    GONE,
    ABSENT,
    CONNECTED,
    CLOSED,
    FINISHED;

    static Part of(Map<?, ?> agency) {
      if (agency.get("closed") != null) {
        return CLOSED;
      }
      if (is(agency, "finished")) {
        return FINISHED;
      }
      if (is(agency, "connected")) {
        return CONNECTED;
      }
      boolean came = number(agency, "bets") > 0 || agency.get("seconds_since_seen") != null;
      return came ? GONE : ABSENT;
    }

    @Override
    public String toString() {
      return this == ABSENT ? "never came" : name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<?, ?> status;
  private final Screen screen;
  private final List<String> lines = new ArrayList<>();

  private StatusTable(Map<?, ?> status, Screen screen) {
    this.status = status;
    this.screen = screen;
  }

  /**
   * The lines: no more and no longer ones than the screen has room for.
   *
   * @throws IllegalArgumentException if it is not a status
   */
  static List<String> of(String json, Screen screen) {
    return new StatusTable(read(json), screen).lay();
  }

  /**
   * Whether a status has this, which is null until then.
   *
   * @throws IllegalArgumentException if it is not a status
   */
  static boolean has(String json, String member) {
    return read(json).get(member) != null;
  }

  private static Map<?, ?> read(String json) {
    try {
      // JSON is YAML 1.2, and a reader of that is here already.
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(json.length() + 1).build();
      if (new Load(settings).loadFromString(json) instanceof Map<?, ?> status
          && status.get("state") instanceof String) {
        return status;
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
    List<String> head = List.copyOf(lines);
    lines.clear();
    lines.add("");
    end();
    List<String> end = List.copyOf(lines);
    lines.clear();
    lines.addAll(head);
    agencies(Math.max(screen.rows() - head.size() - end.size(), 1));
    lines.addAll(end);
    return lines.size() <= screen.rows() ? lines : lines.subList(0, screen.rows());
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

  /** A heading, as many agencies as fit, and how many more there are. */
  private void agencies(int rows) {
    List<? extends Map<?, ?>> all =
        list(status, "agencies").stream().map(StatusTable::map).toList();
    long most = all.stream().mapToLong(agency -> number(agency, "bets")).max().orElse(0);
    boolean named = all.stream().anyMatch(agency -> agency.get("name") != null);
    line(
        "agency %12s  %-24s  %-13s %8s  %-9s%s",
        "bets", "", "", "seen", "winners", named ? "name" : "");
    int shown = all.size() < rows ? all.size() : Math.max(rows - 2, 0);
    all.stream()
        .sorted(
            Comparator.<Map<?, ?>, Part>comparing(Part::of)
                .thenComparingLong(agency -> number(agency, "agency")))
        .limit(shown)
        .forEach(agency -> agency(agency, most));
    if (shown < all.size()) {
      line("… and %,d more", all.size() - shown);
    }
  }

  private void agency(Map<?, ?> agency, long most) {
    long bets = number(agency, "bets");
    int full = most == 0 ? 0 : (int) (BAR_CELLS * bets / most);
    Object seen = agency.get("seconds_since_seen");
    Object winners = agency.get("winners");
    line(
        "%6d %,12d  %s%s  %-13s %8s  %-9s%s",
        number(agency, "agency"),
        bets,
        "#".repeat(full),
        ".".repeat(BAR_CELLS - full),
        Part.of(agency).toString(),
        seen == null ? "-" : seen + " s",
        winners == null ? "" : winners,
        agency.get("name") == null ? "" : text(agency, "name"));
  }

  private void end() {
    if (status.get("seal") instanceof Map<?, ?> seal) {
      line("sealed: %,d bets%s", number(seal, "bets"), at(seal));
      line("  %s", text(seal, "sha256"));
      List<Long> closed = list(seal, "closed").stream().map(StatusTable::number).toList();
      if (!closed.isEmpty()) {
        line("  without the rest of agencies %s, which were closed", some(closed));
      }
    }
    if (status.get("draw") instanceof Map<?, ?> draw) {
      line(
          "drawn: number %04d, %,d winners%s",
          number(draw, "number"), number(draw, "winners"), at(draw));
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
        "journal: %,d bytes, %,d syncs: half took up to %.1f ms, 99%% up to %.1f, slowest %.1f",
        number(journal, "bytes"),
        number(journal, "fsyncs"),
        millis(seconds, "p50"),
        millis(seconds, "p99"),
        millis(seconds, "max"));
  }

  private void line(String format, @Nullable Object... values) {
    String line = String.format(Locale.ROOT, format, values).stripTrailing();
    lines.add(screen.cut(line));
  }

  private String some(List<Long> numbers) {
    int most = screen.isTerminal() ? LIST_MAX : numbers.size();
    String named = String.join(", ", numbers.stream().limit(most).map(String::valueOf).toList());
    int rest = numbers.size() - most;
    return rest > 0 ? "%s and %d more".formatted(named, rest) : named;
  }

  private static double millis(Map<?, ?> seconds, String name) {
    return seconds.get(name) instanceof Number value ? value.doubleValue() * 1000 : 0;
  }

  private static String at(Map<?, ?> event) {
    return event.get("at") == null ? "" : ", at " + text(event, "at");
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
