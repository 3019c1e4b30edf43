package loteria.runtime;

import java.nio.file.Path;
import java.time.Duration;

/** Reads the value of a setting from the text that the user wrote. Stateless, so thread-safe. */
@FunctionalInterface
public interface SettingParser<T> {
  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the text is not an allowed value
   */
  T parse(String text);

  /**
   * Whole numbers from {@code min} to {@code max}, in decimal digits, with a minus sign if
   * negative.
   */
  static SettingParser<Integer> integer(int min, int max) {
    return text -> Math.toIntExact(wholeNumber(text, min, max));
  }

  /** As {@link #integer}, wider. */
  static SettingParser<Long> longInteger(long min, long max) {
    return text -> wholeNumber(text, min, max);
  }

  /**
   * Text of {@code lengthMin} to {@code lengthMax} UTF-16 characters, none of them a control
   * character.
   */
  static SettingParser<String> text(int lengthMin, int lengthMax) {
    return text -> {
      allow(text.length() >= lengthMin, text, "is too short");
      allow(text.length() <= lengthMax, text, "is too long");
      for (int index = 0; index < text.length(); index++) {
        allow(!Character.isISOControl(text.charAt(index)), text, "has a control character");
      }
      return text;
    };
  }

  /** A level's name, as {@link Level#of} reads it. */
  static SettingParser<Level> level() {
    return Level::of;
  }

  /**
   * Durations in Go's syntax, as {@link GoDuration#parse} reads them, from {@code min} to {@code
   * max}.
   */
  static SettingParser<Duration> duration(Duration min, Duration max) {
    return text -> {
      Duration duration = GoDuration.parse(text);
      allow(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, text, "is out of range");
      return duration;
    };
  }

  /**
   * One of the constants, by its name in upper or lower case. They are handed in so that no
   * reflection finds them.
   */
  static <E extends Enum<E>> SettingParser<E> oneOf(E[] constants) {
    return text -> {
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException("\"" + text + "\" is none of the choices");
    };
  }

  /** A path, which need not exist. */
  static SettingParser<Path> path() {
    return text -> {
      allow(!text.isEmpty(), text, "is empty");
      return Path.of(text);
    };
  }

  private static long wholeNumber(String text, long min, long max) {
    // Long.parseLong also takes a plus sign and the digits of every script.
    for (int index = text.startsWith("-") ? 1 : 0; index < text.length(); index++) {
      allow(text.charAt(index) >= '0' && text.charAt(index) <= '9', text, "is not a whole number");
    }
    long number = Long.parseLong(text);
    allow(number >= min && number <= max, text, "is out of range");
    return number;
  }

  private static void allow(boolean allowed, String text, String reason) {
    if (!allowed) {
      throw new IllegalArgumentException("\"" + text + "\" " + reason);
    }
  }
}
