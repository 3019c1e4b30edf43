package loteria.tool;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Every day from 1925 to 2008 as {@code YYYY-MM-DD}, laid out once so that a row only copies it.
 * Immutable.
 */
final class BirthDates {
  /** Day 0. */
  static final LocalDate FIRST = LocalDate.of(1925, 1, 1);

  /** The last day. */
  static final LocalDate LAST = LocalDate.of(2008, 12, 31);

  private static final int DATE_BYTES = 10;

  private final byte[] dates = laidOut();

  /** Puts the date of {@code day}, counted from {@link #FIRST}. */
  void put(int day, RowBuffer row) {
    row.put(dates, day * DATE_BYTES, DATE_BYTES);
  }

  private static byte[] laidOut() {
    int days = (int) (LAST.toEpochDay() - FIRST.toEpochDay()) + 1;
    byte[] dates = new byte[days * DATE_BYTES];
    for (int day = 0; day < days; day++) {
      byte[] date = FIRST.plusDays(day).toString().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(date, 0, dates, day * DATE_BYTES, DATE_BYTES);
    }
    return dates;
  }
}
