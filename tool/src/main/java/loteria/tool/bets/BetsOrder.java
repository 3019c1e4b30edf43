package loteria.tool.bets;

import java.math.BigInteger;
import java.util.OptionalLong;
import loteria.lottery.BetRow;

/**
 * What bets to generate; the same order gives the same bytes on every machine.
 *
 * <p>The first agency is the greatest and each next one is smaller by the same step: of N agencies
 * the k-th has 2 (N - k) + 1 parts of N² (five agencies have 36, 28, 20, 12 and 4 %), rounded so
 * that the sum is exact.
 *
 * @param seed any number
 * @param agencies from 1 to {@link #AGENCIES_MAX}
 * @param bets of all agencies together, from 0 to {@link #BETS_MAX}; no agency may get more than
 *     {@link #AGENCY_BETS_MAX}
 * @param winners how many of them have the number, dealt out to the agencies as the bets are;
 *     without it as chance gives, one in ten thousand more or less
 * @param number the winning number, from 0 to {@link BetRow#NUMBER_MAX}
 */
record BetsOrder(long seed, int agencies, long bets, OptionalLong winners, int number) {
  /** The most agencies. */
  static final int AGENCIES_MAX = 10_000;

  /** The most bets of all agencies. */
  static final long BETS_MAX = 10_000_000_000L;

  /** The most bets of one agency: each has a document of its own, and there are only so many. */
  static final int AGENCY_BETS_MAX = Documents.COUNT;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value and its limits in one line
   */
  BetsOrder {
    check("agencies", agencies, 1, AGENCIES_MAX);
    check("bets", bets, 0, BETS_MAX);
    check("number", number, 0, BetRow.NUMBER_MAX);
    check("winners", winners.orElse(0), 0, bets);
    long greatest = before(2, agencies, bets);
    if (greatest > AGENCY_BETS_MAX) {
      throw new IllegalArgumentException(
          "agency 1 would have %d bets, more than the %d documents; ask for more agencies or fewer bets"
              .formatted(greatest, AGENCY_BETS_MAX));
    }
  }

  /** How many bets {@code agency} has, from 1 to {@link #agencies()}. */
  long betsOf(int agency) {
    return before(agency + 1, agencies, bets) - before(agency, agencies, bets);
  }

  /** How many of its bets win, where that was asked for. */
  long winnersOf(int agency) {
    long all = winners.orElseThrow();
    return share(all, before(agency + 1, agencies, bets))
        - share(all, before(agency, agencies, bets));
  }

  private long share(long all, long part) {
    BigInteger shares = BigInteger.valueOf(all).multiply(BigInteger.valueOf(part));
    return bets == 0 ? 0 : shares.divide(BigInteger.valueOf(bets)).longValueExact();
  }

  /** How many bets precede an agency's: the share (N² - (N - k)²) / N² for k agencies before it. */
  private static long before(int agency, int agencies, long bets) {
    long rest = (long) agencies - (agency - 1);
    long parts = (long) agencies * agencies;
    // At most 10^10 bets times 10^8 parts: within a long.
    return bets * (parts - rest * rest) / parts;
  }

  private static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s of %d is not between %d and %d".formatted(what, value, least, most));
    }
  }
}
