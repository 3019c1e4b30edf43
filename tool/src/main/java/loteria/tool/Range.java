package loteria.tool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of numbers, both ends included.
 *
 * @param from the first, at least 0
 * @param to the last, not below {@code from}
 */
record Range(long from, long to) {
  private static final Pattern ONE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern FROM_TO = Pattern.compile("([0-9]{0,18})-([0-9]{0,18})");

  Range {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("%d to %d is no range".formatted(from, to));
    }
  }

  /**
   * A range as people write it: {@code 3-7}, {@code 3-}, {@code -7} or {@code 3}.
   *
   * @throws UsageException if it is not one
   */
  static Range parse(String what, String text) throws UsageException {
    if (ONE.matcher(text).matches()) {
      return new Range(Long.parseLong(text), Long.parseLong(text));
    }
    Matcher ends = FROM_TO.matcher(text);
    if (ends.matches() && text.length() > 1) {
      long from = ends.group(1).isEmpty() ? 0 : Long.parseLong(ends.group(1));
      long to = ends.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends.group(2));
      if (from <= to) {
        return new Range(from, to);
      }
    }
    throw new UsageException(
        "%s of '%s' is not a range such as 3-7, 3-, -7 or 3".formatted(what, text));
  }

  boolean contains(long number) {
    return number >= from && number <= to;
  }
}
