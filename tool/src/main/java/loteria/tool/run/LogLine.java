package loteria.tool.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of the programs' logs, {@code TIME LEVEL action: … | result: … | key: value}, read as the
 * course reads it: parts between {@code |}, a value after the last colon of its part.
 *
 * @param values each by its key
 */
record LogLine(Map<String, String> values) {
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

  /** Whether this says that an action succeeded. */
  boolean succeeded(String action) {
    return action.equals(values.get("action")) && "success".equals(values.get("result"));
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
