package loteria.runtime;

import java.time.LocalDate;

/**
 * The time of a log line, {@code yyyy-MM-dd HH:mm:ss} in UTC. By arithmetic: the formatters and
 * time zones of java.time cost some 15 ms at a program's start.
 */
final class UtcTime {
  private static final int SECONDS_A_DAY = 24 * 60 * 60;

  private UtcTime() {}

  /**
   * Appends the time that is {@code epochMillis} milliseconds after the start of 1970, or before it
   * if negative.
   */
  static void append(StringBuilder line, long epochMillis) {
    long seconds = Math.floorDiv(epochMillis, 1000L);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
    int second = Math.floorMod(seconds, SECONDS_A_DAY);
    int year = date.getYear();
    twoDigits(line, year / 100);
    twoDigits(line, year % 100);
    twoDigits(line.append('-'), date.getMonthValue());
    twoDigits(line.append('-'), date.getDayOfMonth());
    twoDigits(line.append(' '), second / 3600);
    twoDigits(line.append(':'), second / 60 % 60);
    twoDigits(line.append(':'), second % 60);
  }

  private static void twoDigits(StringBuilder line, int number) {
    if (number < 10) {
      line.append('0');
    }
    line.append(number);
  }
}
