package loteria.runtime;

import java.time.Duration;

/**
 * Durations as Go writes them, which is how the agency's periods are written: one or more decimal
 * numbers, each with a unit, such as {@code 300ms}, {@code 1.5h} or {@code 2h45m}; or a bare {@code
 * 0}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
public final class GoDuration {
  // The shortest first. People type two letters for micro that look the same; we write neither.
  private static final String[] UNITS = {"ns", "\u00b5s", "\u03bcs", "us", "ms", "s", "m", "h"};
  private static final long[] UNIT_NANOS = {
    1, 1_000, 1_000, 1_000, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L
  };

  private final String text;
  private int position;

  private GoDuration(String text) {
    this.text = text;
  }

  /**
   * Reads a duration, to the nanosecond; what is finer is cut off, as Go does.
   *
   * @throws IllegalArgumentException if the text is none, is negative, or is over 2^63-1 ns (some
   *     292 years)
   */
  public static Duration parse(String text) {
    try {
      return Duration.ofNanos(new GoDuration(text).nanos());
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException("\"" + text + "\" is longer than 292 years", overflow);
    }
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

  private long nanos() {
    if (text.startsWith("-")) {
      throw refusal("is negative");
    }
    if (text.startsWith("+")) {
      position++;
    }
    if (text.substring(position).equals("0")) {
      return 0;
    }
    if (position == text.length()) {
      throw refusal("is empty");
    }
    long sum = 0;
    while (position < text.length()) {
      sum = Math.addExact(sum, part());
    }
    return sum;
  }

  /** One number and its unit, in nanoseconds. */
  private long part() {
    int wholeStart = position;
    long whole = digits();
    int wholeEnd = position;
    boolean pointed = position < text.length() && text.charAt(position) == '.';
    int fractionStart = pointed ? ++position : position;
    if (pointed) {
      skipDigits();
    }
    int fractionEnd = position;
    if (wholeStart == wholeEnd && fractionStart == fractionEnd) {
      throw refusal("lacks a number");
    }
    long unit = unitNanos();
    return Math.addExact(
        Math.multiplyExact(whole, unit), fractionNanos(fractionStart, fractionEnd, unit));
  }

  /**
   * From the last digit to the first, so that cutting off at each step is the same as cutting off
   * once.
   */
  private long fractionNanos(int start, int end, long unit) {
    long nanos = 0;
    for (int index = end - 1; index >= start; index--) {
      nanos = (nanos + (text.charAt(index) - '0') * unit) / 10;
    }
    return nanos;
  }

  private long digits() {
    int start = position;
    skipDigits();
    long number = 0;
    for (int index = start; index < position; index++) {
      number = Math.addExact(Math.multiplyExact(number, 10L), text.charAt(index) - '0');
    }
    return number;
  }

  private void skipDigits() {
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
  }

  private long unitNanos() {
    int start = position;
    while (position < text.length()
        && !isDigit(text.charAt(position))
        && text.charAt(position) != '.') {
      position++;
    }
    String word = text.substring(start, position);
    for (int unit = 0; unit < UNITS.length; unit++) {
      if (UNITS[unit].equals(word)) {
        return UNIT_NANOS[unit];
      }
    }
    throw refusal("lacks a unit, which is one of ns, us, ms, s, m, h");
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private IllegalArgumentException refusal(String reason) {
    return new IllegalArgumentException("\"" + text + "\" " + reason);
  }
}
