package loteria.checks.docker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of a program of ours as {@code docker compose logs} shows it.
 *
 * @param service who said it: {@code server}, {@code client1}…
 * @param text all that was said, with time and level
 * @param fields what is said from {@code action} on, in order; empty when the line is not of ours
 */
record LogLine(String service, String text, Map<String, String> fields) {

  private static final Pattern TERMINAL_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
  private static final Pattern COMPOSE_LINE = Pattern.compile("([a-z]+\\d*) *\\| ?(.*)");
  private static final String START = "action: ";

  /** The lines among all that Compose said; it may colour them, and erase before each. */
  static List<LogLine> all(String output) {
    return TERMINAL_SEQUENCE
        .matcher(output)
        .replaceAll("")
        .lines()
        .map(LogLine::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<LogLine> parse(String line) {
    var matcher = COMPOSE_LINE.matcher(line.strip());
    return matcher.matches()
        ? Optional.of(new LogLine(matcher.group(1), matcher.group(2), fieldsOf(matcher.group(2))))
        : Optional.empty();
  }

  private static Map<String, String> fieldsOf(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    int start = text.indexOf(START);
    if (start >= 0) {
      for (String part : text.substring(start).split("\\|", -1)) {
        String[] pair = part.strip().split(": ?", 2);
        fields.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
    }
    return fields;
  }

  /** The value under a key, or the empty string. */
  String value(String key) {
    return fields.getOrDefault(key, "");
  }

  /** Whether it says that this action had this result. */
  boolean says(String action, String result) {
    return value("action").equals(action) && value("result").equals(result);
  }
}
