package loteria.tool.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import loteria.lottery.Count;
import loteria.lottery.Visible;
import loteria.server.control.NoCentralException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A central's status as a table that fits a screen: docs/STATUS.md says what comes in. */
final class StatusTable {
  private static final int BAR_CELLS_MAX = 24;

  /** What a row has besides its bar and its name. */
  private static final int ROW_COLUMNS = 56;

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
   * @throws NoCentralException if it is not a status
   */
  static List<String> of(String json, Screen screen) throws NoCentralException {
    return new StatusTable(read(json), screen).lay();
  }

  /**
   * Whether a status has this, which is null until then.
   *
   * @throws NoCentralException if it is not a status
   */
  static boolean has(String json, String member) throws NoCentralException {
    return read(json).get(member) != null;
  }

  private static Map<?, ?> read(String json) throws NoCentralException {
    try {
      // JSON is YAML 1.2, and a reader of that is here already.
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(json.length() + 1).build();
      if (new Load(settings).loadFromString(json) instanceof Map<?, ?> status
          && status.get("state") instanceof String) {
        return status;
      }
    } catch (RuntimeException | StackOverflowError _) {
      // Whatever the reader makes of bytes of anybody (YamlReader has what it may be): said below.
    }
    throw new NoCentralException("what answers is not a central's status");
  }

  private List<String> lay() {
    line("Lotería: %s; running since %s", state(), seconds(text(status, "started")));
    line(
        "%s, %,d/s; %d of %s finished; %s",
        Count.grouped(number(status, "bets"), "bet"),
        rate(),
        finished(),
        Count.of(number(status, "expected"), "agency"),
        Count.of(number(status, "connections"), "connection"));
    List<?> missing = list(status, "missing");
    if (!missing.isEmpty()) {
      line("missing: %s", some(missing));
    }
    lines.add("");
    int head = lines.size();
    lines.add("");
    end();
    List<String> end = List.copyOf(lines.subList(head, lines.size()));
    lines.subList(head, lines.size()).clear();
    agencies(Math.max(screen.rows() - head - end.size(), 1));
    lines.addAll(end);
    return lines.size() <= screen.rows() ? lines : lines.subList(0, screen.rows());
  }

  /** What it is doing; and since when, if that is an event with a time of its own. */
  private String state() {
    String state = text(status, "state").replace('_', ' ');
    Map<?, ?> event =
        switch (state) {
          case "sealed" -> map(status.get("seal"));
          case "drawn" -> map(status.get("draw"));
          default -> Map.of();
        };
    return event.get("at") == null ? state : state + " at " + seconds(text(event, "at"));
  }

  /** A time without the parts of its second: two of them fit a line. */
  private static String seconds(String time) {
    return time.replaceFirst("\\.[0-9]+Z$", "Z");
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
    int name = all.stream().mapToInt(agency -> name(agency).length()).max().orElse(0);
    int bar = Math.clamp((long) screen.columns() - ROW_COLUMNS - name, 0, BAR_CELLS_MAX);
    line(
        "agency %12s  %s  %-13s %8s  %-9s%s",
        "bets", " ".repeat(bar), "", "seen", "winners", name == 0 ? "" : "name");
    int shown = all.size() < rows ? all.size() : Math.max(rows - 2, 0);
    all.stream()
        .sorted(
            Comparator.<Map<?, ?>, Part>comparing(Part::of)
                .thenComparingLong(agency -> number(agency, "agency")))
        .limit(shown)
        .forEach(agency -> agency(agency, most, bar));
    if (shown < all.size()) {
      line("… and %,d more", all.size() - shown);
    }
  }

  private void agency(Map<?, ?> agency, long most, int bar) {
    long bets = number(agency, "bets");
    int full = most == 0 ? 0 : (int) (bar * bets / most);
    Object seen = agency.get("seconds_since_seen");
    Object winners = agency.get("winners");
    line(
        "%6d %,12d  %s%s  %-13s %8s  %-9s%s",
        number(agency, "agency"),
        bets,
        "#".repeat(full),
        ".".repeat(bar - full),
        Part.of(agency).toString(),
        seen == null ? "-" : seen + " s",
        winners == null ? "" : winners,
        name(agency));
  }

  private static String name(Map<?, ?> agency) {
    return agency.get("name") == null ? "" : text(agency, "name");
  }

  private void end() {
    if (status.get("seal") instanceof Map<?, ?> seal) {
      line("sealed: %s%s", Count.grouped(number(seal, "bets"), "bet"), at(seal));
      line("  %s", text(seal, "sha256"));
      List<?> closed = list(seal, "closed");
      if (!closed.isEmpty()) {
        line(
            "  without the rest of %s %s, which %s closed",
            Count.word(closed.size(), "agency", "agencies"),
            some(closed),
            Count.word(closed.size(), "was", "were"));
      }
    }
    if (status.get("draw") instanceof Map<?, ?> draw) {
      line(
          "drawn: number %d, %s%s",
          number(draw, "number"), Count.grouped(number(draw, "winners"), "winner"), at(draw));
    }
    Map<?, ?> refusals = map(status.get("refusals"));
    if (!refusals.isEmpty()) {
      String counted =
          refusals.entrySet().stream()
              .map(refusal -> refusal.getKey() + " " + refusal.getValue())
              .collect(Collectors.joining(", "));
      line("refused: %s", Visible.text(counted));
    }
    if (status.get("shared") instanceof Map<?, ?> shared) {
      shared(shared);
    }
    Map<?, ?> journal = map(status.get("journal"));
    Map<?, ?> seconds = map(journal.get("fsync_seconds"));
    line(
        "journal: %s, %s",
        Count.grouped(number(journal, "bytes"), "byte"),
        Count.grouped(number(journal, "fsyncs"), "sync"));
    line(
        "  half took up to %.1f ms, 99%% up to %.1f, the slowest %.1f",
        millis(seconds, "p50"), millis(seconds, "p99"), millis(seconds, "max"));
  }

  /** Which partitions each central owns, this one first. */
  private void shared(Map<?, ?> shared) {
    line(
        "shared as %s; this central has taken over partitions %s",
        text(shared, "name"), Count.grouped(number(shared, "take_overs"), "time"));
    Map<String, List<String>> owned = new TreeMap<>();
    for (Object each : list(shared, "partitions")) {
      Map<?, ?> partition = map(each);
      String owner = partition.get("owner") == null ? "nobody" : text(partition, "owner");
      owned
          .computeIfAbsent(is(partition, "own") ? "" : owner, _ -> new ArrayList<>())
          .add(text(partition, "partition"));
    }
    owned.forEach((owner, partitions) ->
        line(
            "  of %s: %s",
            owner.isEmpty() ? "this central" : owner, String.join(", ", partitions)));
  }

  private void line(String format, @Nullable Object... values) {
    String line = format.formatted(values).stripTrailing();
    lines.add(screen.cut(line));
  }

  private String some(List<?> numbers) {
    int most = screen.isTerminal() ? LIST_MAX : numbers.size();
    String named =
        numbers.stream()
            .limit(most)
            .map(each -> Long.toString(number(each)))
            .collect(Collectors.joining(", "));
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

  /** Whoever answers may be anybody: no text of his moves the cursor, or turns what follows. */
  private static String text(Map<?, ?> object, String name) {
    return Visible.text(String.valueOf(object.get(name)));
  }

  private static List<?> list(Map<?, ?> object, String name) {
    return object.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
