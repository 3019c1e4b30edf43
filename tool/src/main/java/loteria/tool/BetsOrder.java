package loteria.tool;

import java.util.Locale;

/**
 * What bets to generate; the same order gives the same bytes on every machine and JDK.
 *
 * <p>The first agency is the greatest and each next one is smaller by the same step: of N agencies
 * the k-th has 2 (N - k) + 1 parts of N² (five agencies have 36, 28, 20, 12 and 4 %), rounded so
 * that the sum is exact.
 *
 * @param seed any number
 * @param agencies from 1 to {@link #AGENCIES_MAX}
 * @param bets of all agencies together, from 0 to {@link #BETS_MAX}; no agency may get more than
 *     {@link #AGENCY_BETS_MAX}
 * @param winners how many of them have the number
 * @param number the winning number, from 0 to {@link #NUMBER_MAX}
 */
public record BetsOrder(long seed, int agencies, long bets, WinnersWanted winners, int number) {
  /** The most agencies. */
  public static final int AGENCIES_MAX = 10_000;

  /** The most bets of all agencies. */
  public static final long BETS_MAX = 10_000_000_000L;

  /** The most bets of one agency: each has a document of its own, and there are only so many. */
  public static final int AGENCY_BETS_MAX = Documents.COUNT;

  /** The greatest number that can be bet on. */
  public static final int NUMBER_MAX = 9999;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value and its limits in one line
   */
  public BetsOrder {
    check("agencies", agencies, 1, AGENCIES_MAX);
    check("bets", bets, 0, BETS_MAX);
    check("number", number, 0, NUMBER_MAX);
    if (winners instanceof WinnersWanted.Exactly(long exactly)) {
      check("winners", exactly, 0, bets);
    }
    long greatest = reached(1, agencies, bets);
    if (greatest > AGENCY_BETS_MAX) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "agency 1 would have %d bets, more than the %d documents; ask for more agencies or"
                  + " fewer bets",
              greatest,
              AGENCY_BETS_MAX));
    }
  }

  /** How many bets {@code agency} has, from 1 to {@link #agencies()}. */
  public long betsOf(int agency) {
    return betsBefore(agency + 1) - betsBefore(agency);
  }

  /** How many bets all agencies before {@code agency} have. */
  long betsBefore(int agency) {
    return reached(agency - 1, agencies, bets);
  }

  /** How many bets the first {@code count} agencies have: the share (N² - (N - count)²) / N². */
  private static long reached(int count, int agencies, long bets) {
    long rest = (long) agencies - count;
    long all = (long) agencies * agencies;
    // At most 10^10 bets times 10^8 parts: within a long.
    return bets * (all - rest * rest) / all;
  }

  private static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s of %d is not between %d and %d", what, value, least, most));
    }
  }
}
