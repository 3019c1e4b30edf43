package loteria.runtime.settings;

import java.time.Duration;

/**
 * Durations as Go writes them, which is how the agency's periods are written: one or more decimal
 * numbers, each with a unit, such as {@code 300ms}, {@code 1.5h} or {@code 2h45m}; or a bare {@code
 * 0}.
 *
 * <p>Read without a regular expression, which would be the only one of an agency's start.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
public final class GoDuration {
  // The shortest first. People type two letters for micro that look the same; we write neither.
  private static final String[] UNITS = {"ns", "\u00b5s", "\u03bcs", "us", "ms", "s", "m", "h"};
  private static final long[] UNIT_NANOS = {
    1, 1_000, 1_000, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };

  private GoDuration() {}

  /**
   * Reads a duration, to the nanosecond; finer parts are rounded just as Go does.
   *
   * @throws IllegalArgumentException if the text is none, is negative, or is over 2^63-1 ns (some
   *     292 years); its message goes on from the text: "lacks a unit"
   */
  public static Duration parse(String text) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("is negative");
    }
    int at = text.startsWith("+") ? 1 : 0;
    if (at == text.length()) {
      throw new IllegalArgumentException("is empty");
    }
    if (text.substring(at).equals("0")) {
      return Duration.ZERO;
    }
    long nanos = 0;
    try {
      while (at < text.length()) {
        int unitAt = skip(text, at, true);
        int end = skip(text, unitAt, false);
        long unit = unitNanos(text.substring(unitAt, end));
        nanos = Math.addExact(nanos, part(text.substring(at, unitAt), unit));
        at = end;
      }
    } catch (ArithmeticException _) {
      throw new IllegalArgumentException("is longer than 292 years");
    }
    return Duration.ofNanos(nanos);
  }

  /**
   * Writes a duration so that {@link #parse} reads it back, without parts that are zero: {@code
   * 1h30m}, {@code 100ms}.
   *
   * @param duration not negative, at most 2^63-1 ns
   */
  public static String text(Duration duration) {
    long rest = duration.toNanos();
    assert rest >= 0 : duration;
    StringBuilder text = new StringBuilder();
    for (int unit = UNITS.length - 1; unit >= 0; unit--) {
      long count = rest / UNIT_NANOS[unit];
      if (count > 0) {
        text.append(count).append(UNITS[unit]);
        rest %= UNIT_NANOS[unit];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** Where the characters from {@code at} on, that are of a number or are not, come to an end. */
  private static int skip(String text, int at, boolean ofNumber) {
    int end = at;
    while (end < text.length()
        && (Setting.isDigit(text.charAt(end)) || text.charAt(end) == '.') == ofNumber) {
      end++;
    }
    return end;
  }

  private static long unitNanos(String word) {
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (UNITS[unit].equals(word)) {
        return UNIT_NANOS[unit];
      }
    }
    throw new IllegalArgumentException(
        word.isEmpty()
            ? "lacks a unit, as in 5s or 300ms"
            : "has a unit that is not ns, us, ms, s, m or h");
  }

  /** A number of digits with one point at most, times the unit. */
  private static long part(String number, long unit) {
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    if (whole.isEmpty() && fraction.isEmpty()) {
      throw new IllegalArgumentException("lacks a number");
    }
    if (fraction.indexOf('.') >= 0) {
      throw new IllegalArgumentException("has a number with two points");
    }
    long nanos = 0;
    for (int index = 0; index < whole.length(); index++) {
      nanos = Math.addExact(Math.multiplyExact(nanos, 10L), whole.charAt(index) - '0');
    }
    return Math.addExact(Math.multiplyExact(nanos, unit), fractionNanos(fraction, unit));
  }

  /** As Go's leadingFraction, digit by digit, and with its rounding. */
  private static long fractionNanos(String digits, long unit) {
    long value = 0;
    double scale = 1;
    for (int index = 0; index < digits.length() && value <= Long.MAX_VALUE / 10; index++) {
      long next = value * 10 + (digits.charAt(index) - '0');
      if (next < 0) {
        break;
      }
      value = next;
      scale *= 10;
    }
    return (long) (value * (unit / scale));
  }
}
