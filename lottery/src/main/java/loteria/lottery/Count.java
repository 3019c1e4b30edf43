package loteria.lottery;

import java.util.Locale;

/** Numbers and what they count, in messages for people: 1 bet, 2 bets, 3 agencies. Pure. */
public final class Count {
  private Count() {}

  /** The number, and the noun as it stands behind it: with an s, or ies for y, unless it is one. */
  public static String of(long count, String noun) {
    return count + " " + noun(count, noun);
  }

  /** The same, with commas between thousands. */
  public static String grouped(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, noun(count, noun));
  }

  /** The verb, or whatever else differs, as it stands behind {@code count}. */
  public static String word(long count, String one, String more) {
    return count == 1 ? one : more;
  }

  private static String noun(long count, String noun) {
    String stem = noun.substring(0, noun.length() - 1);
    return word(count, noun, noun.endsWith("y") ? stem + "ies" : noun + "s");
  }
}
