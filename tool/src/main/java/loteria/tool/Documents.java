package loteria.tool;

import java.time.LocalDate;

/**
 * The documents (DNI) of an agency's people, no two alike, and the day on which the owner of one
 * was born.
 *
 * <p>Argentina hands out its documents in ascending order, so that a document tells its owner's
 * age: {@link #ANCHORS} is that relation, roughly, and between two anchors it is a straight line. A
 * document is registered up to a year after the birth, and now and then many years after it.
 * Immutable.
 */
final class Documents {
  /** How many different documents there are: no agency can have more bets than that. */
  static final int COUNT = 48_000_000;

  private static final int LOWEST = 1_000_000;
  private static final int REGISTERED_DAYS_MAX = 365;
  private static final int LATE_ONE_IN = 40;
  private static final int LATE_DAYS_MAX = 12 * 365;

  /** The document that was being handed out at the start of a year, by year. */
  private static final int[][] ANCHORS = {
    {1925, LOWEST},
    {1940, 4_300_000},
    {1950, 7_800_000},
    {1960, 13_600_000},
    {1970, 21_100_000},
    {1980, 27_900_000},
    {1990, 34_700_000},
    {2000, 42_300_000},
    {2009, LOWEST + COUNT},
  };

  /** {@link #ANCHORS} with the year as the number of its first day. */
  private static final int[] ANCHOR_DAYS = anchorDays();

  private final Permutation order;

  /** The documents in the order that belongs to {@code seed}. */
  Documents(long seed) {
    order = new Permutation(COUNT, seed);
  }

  /**
   * The document at {@code position}, from 0 to {@link #COUNT} - 1; another position has another
   * document.
   */
  int at(long position) {
    return LOWEST + (int) order.at(position);
  }

  /**
   * The day, from 0 at {@link BirthDates#FIRST}, on which the owner of {@code document} was born.
   */
  static int birthDay(int document, Chance chance) {
    int segment = 1;
    while (document >= ANCHORS[segment][1]) {
      segment++;
    }
    int low = ANCHORS[segment - 1][1];
    int high = ANCHORS[segment][1];
    long lowDay = ANCHOR_DAYS[segment - 1];
    long days = ANCHOR_DAYS[segment] - lowDay;
    int registered = (int) (lowDay + days * (document - low) / (high - low));
    boolean late = chance.below(LATE_ONE_IN) == 0;
    int born = registered - chance.below(late ? LATE_DAYS_MAX : REGISTERED_DAYS_MAX);
    // Nobody is born before the first day; folding keeps that day from being everyone's.
    return Math.abs(born);
  }

  private static int[] anchorDays() {
    int[] days = new int[ANCHORS.length];
    for (int anchor = 0; anchor < days.length; anchor++) {
      days[anchor] =
          (int)
              (LocalDate.of(ANCHORS[anchor][0], 1, 1).toEpochDay() - BirthDates.FIRST.toEpochDay());
    }
    return days;
  }
}
