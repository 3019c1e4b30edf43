package loteria.runtime.log;

/**
 * The time of a log line in UTC: {@code yyyy-MM-dd HH:mm:ss}, or RFC 3339's {@code
 * yyyy-MM-ddTHH:mm:ss.SSSZ}. By arithmetic: the formatters and time zones of java.time cost some 15
 * ms at a program's start.
 */
final class UtcTime {
  /** How long the text is. */
  static final int BYTES = "yyyy-MM-dd HH:mm:ss".length();

  /** How long the text of RFC 3339 is. */
  static final int RFC_3339_BYTES = "yyyy-MM-ddTHH:mm:ss.SSSZ".length();

  private static final int SECONDS_A_DAY = 24 * 60 * 60;

  /** From the first of March of the year 0. */
  private static final int DAYS_TO_1970 = 719_468;

  private static final int DAYS_400_YEARS = 146_097;

  private UtcTime() {}

  /**
   * Puts the time that is {@code epochMillis} milliseconds after the start of 1970, or before it if
   * negative, at an index: {@link #BYTES} bytes of ASCII.
   */
  static void put(long epochMillis, byte[] line, int at) {
    long seconds = Math.floorDiv(epochMillis, 1000L);
    long date = date(Math.floorDiv(seconds, SECONDS_A_DAY));
    int year = (int) (date / 10_000);
    int second = Math.floorMod(seconds, SECONDS_A_DAY);
    twoDigits(year / 100, line, at);
    twoDigits(year % 100, line, at + 2);
    line[at + 4] = '-';
    twoDigits((int) (date / 100 % 100), line, at + 5);
    line[at + 7] = '-';
    twoDigits((int) (date % 100), line, at + 8);
    line[at + 10] = ' ';
    twoDigits(second / 3600, line, at + 11);
    line[at + 13] = ':';
    twoDigits(second / 60 % 60, line, at + 14);
    line[at + 16] = ':';
    twoDigits(second % 60, line, at + 17);
  }

  /** As {@link #put}, as RFC 3339 lays it, with milliseconds: {@link #RFC_3339_BYTES}. */
  static void putRfc3339(long epochMillis, byte[] line, int at) {
    put(epochMillis, line, at);
    int millis = Math.floorMod(epochMillis, 1000);
    line[at + 10] = 'T';
    line[at + 19] = '.';
    line[at + 20] = (byte) ('0' + millis / 100);
    twoDigits(millis % 100, line, at + 21);
    line[at + 23] = 'Z';
  }

  /**
   * The date of a day since the start of 1970, as a number: {@code yyyyMMdd}. Its years begin in
   * March, so that the day of a leap year is their last.
   */
  private static long date(long epochDay) {
    long day = epochDay + DAYS_TO_1970;
    long era = Math.floorDiv(day, DAYS_400_YEARS);
    long ofEra = Math.floorMod(day, DAYS_400_YEARS);
    long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    long ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long marchMonth = (5 * ofYear + 2) / 153;
    long dayOfMonth = ofYear - (153 * marchMonth + 2) / 5 + 1;
    long month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0);
    return (year * 100 + month) * 100 + dayOfMonth;
  }

  private static void twoDigits(int number, byte[] line, int at) {
    line[at] = (byte) ('0' + number / 10);
    line[at + 1] = (byte) ('0' + number % 10);
  }
}
