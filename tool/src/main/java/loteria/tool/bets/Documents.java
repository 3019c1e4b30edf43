package loteria.tool.bets;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The documents (DNI) of an agency's people, no two alike, and the day on which the owner of one
 * was born.
 *
 * <p>Argentina hands out its documents in ascending order, so that a document tells its owner's
 * age: {@link #YEARS} and {@link #FIRST_OF_YEAR} are that relation, roughly, and between two of
 * them it is a straight line. A document is registered up to a year after the birth, and now and
 * then many years after it. Immutable.
 */
final class Documents {
  /** How many different documents there are: no agency can have more bets than that. */
  static final int COUNT = 48_000_000;

  private static final int LOWEST = 1_000_000;

  /** Shares no divisor with {@link #COUNT}, so that as many steps visit each document once. */
  private static final long STEP = 29_665_631;

  private static final int REGISTERED_DAYS_MAX = 365;
  private static final int LATE_ONE_IN = 40;
  private static final int LATE_DAYS_MAX = 12 * 365;

  private static final int[] YEARS = {1925, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2009};

  /** The document that was being handed out at the start of each of those years. */
  private static final int[] FIRST_OF_YEAR = {
    LOWEST,
    4_300_000,
    7_800_000,
    13_600_000,
    21_100_000,
    27_900_000,
    34_700_000,
    42_300_000,
    LOWEST + COUNT
  };

  private static final LocalDate FIRST = LocalDate.of(YEARS[0], 1, 1);

  /** Every day of those years, as {@code YYYY-MM-DD}. */
  private static final byte[][] DAYS =
      FIRST
          .datesUntil(LocalDate.of(YEARS[YEARS.length - 1], 1, 1))
          .map(day -> day.toString().getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  /** The index there of the first day of each of {@link #YEARS}. */
  private static final int[] FIRST_DAY =
      Arrays.stream(YEARS)
          .map(year -> (int) ChronoUnit.DAYS.between(FIRST, LocalDate.of(year, 1, 1)))
          .toArray();

  private final long start;

  /** Those of an agency, in an order of its own. */
  Documents(RandomGenerator chance) {
    start = chance.nextInt(COUNT);
  }

  /** The document of the agency's n-th bet, below {@link #COUNT}; each has another. */
  int of(long bet) {
    return LOWEST + (int) ((start + bet * STEP) % COUNT);
  }

  /** When its owner was born, as {@code YYYY-MM-DD}; the array is not to be changed. */
  static byte[] birthDate(int document, RandomGenerator chance) {
    int after = 1;
    while (document >= FIRST_OF_YEAR[after]) {
      after++;
    }
    int low = FIRST_OF_YEAR[after - 1];
    long lowDay = FIRST_DAY[after - 1];
    long days = FIRST_DAY[after] - lowDay;
    int registered = (int) (lowDay + days * (document - low) / (FIRST_OF_YEAR[after] - low));
    boolean late = chance.nextInt(LATE_ONE_IN) == 0;
    int born = registered - chance.nextInt(late ? LATE_DAYS_MAX : REGISTERED_DAYS_MAX);
    // Nobody is born before the first day; folding keeps that day from being everyone's.
    return DAYS[Math.abs(born)];
  }
}
