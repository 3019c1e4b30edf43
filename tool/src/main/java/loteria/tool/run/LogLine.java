package loteria.tool.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the programs' logs, {@code TIME LEVEL action: … | result: … | key: value}, read as the
 * course reads it: parts between {@code |}, a value after the last colon of its part.
 *
 * @param values each by its key
 */
record LogLine(Map<String, String> values) {
  /** What goes before the reason of a failure: all but the place in a file. */
  private static final Pattern REASON =
      Pattern.compile(
          " (ERROR|CRITICAL) +action: .* \\| result: fail \\|.*? (?=file: |line: |error: )(error:"
              + " )?");

  LogLine {
    values = Map.copyOf(values);
  }

  /**
   * The line that {@code text} is; without values when it names no action (a stack trace, a JVM's
   * warning).
   */
  static LogLine of(String text) {
    Map<String, String> values = new HashMap<>();
    for (String part : text.split("\\|", -1)) {
      int colon = part.lastIndexOf(':');
      if (colon >= 0) {
        String before = part.substring(0, colon).strip();
        // Time and level stand before the first key.
        String key = before.substring(before.lastIndexOf(' ') + 1);
        values.put(key, part.substring(colon + 1).strip());
      }
    }
    return new LogLine(values.containsKey("action") ? values : Map.of());
  }

  /** Why something failed, after a colon, in the words of {@code text}; or nothing. */
  static String reason(String text) {
    Matcher failed = REASON.matcher(text);
    return failed.find() ? ": " + text.substring(failed.end()) : "";
  }

  /** Whether this says that an action succeeded. */
  boolean succeeded(String action) {
    return ended(action, "success");
  }

  /** Whether this says that an action failed. */
  boolean failed(String action) {
    return ended(action, "fail");
  }

  private boolean ended(String action, String result) {
    return action.equals(values.get("action")) && result.equals(values.get("result"));
  }

  /** The value of {@code key}, if the line has it. */
  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The value of {@code key}, if the line has it and it is a number of up to 18 digits. */
  OptionalLong number(String key) {
    String value = values.getOrDefault(key, "");
    return value.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }
}
