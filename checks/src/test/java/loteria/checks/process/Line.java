package loteria.checks.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log line of a program of ours.
 *
 * @param message what follows the time and the level: {@code action: … | result: … | key: value}
 * @param fields the same in parts, in order
 */
public record Line(String level, String message, Map<String, String> fields) {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ";

  /** How each program lays a line: Python's way for the central, Go's for the agency. */
  public enum Layout {
    CENTRAL("(DEBUG   |INFO    |WARNING |ERROR   |CRITICAL) "),
    AGENCY("(DEBUG|INFO|WARNI|ERROR|CRITI) {5}");

    private final Pattern pattern;

    Layout(String level) {
      pattern =
          Pattern.compile(
              TIME
                  + level
                  + "(action: [a-z_]+ \\| result: (?:success|in_progress|fail)(?: \\| .*)?)");
    }
  }

  /** The line that a text is; empty if it is none. */
  public static Optional<Line> of(Layout layout, String text) {
    Matcher matcher = layout.pattern.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : matcher.group(2).split(" \\| ", -1)) {
      String[] pair = part.split(": ", 2);
      fields.put(pair[0], pair.length == 2 ? pair[1] : "");
    }
    return Optional.of(new Line(matcher.group(1).strip(), matcher.group(2), fields));
  }

  public boolean says(String action, String result) {
    return value("action").equals(action) && value("result").equals(result);
  }

  /** Whether it tells of a failure. */
  public boolean fails() {
    return value("result").equals("fail");
  }

  /** The value under a key, or the empty string. */
  public String value(String key) {
    return fields.getOrDefault(key, "");
  }

  /** The number under a key that must be there. */
  public long number(String key) {
    return Long.parseLong(value(key));
  }
}
