package loteria.lottery;

/** Nouns behind a number, in messages for people: 1 bet, 2 bets. Pure. */
public final class Plural {
  private Plural() {}

  /** The noun as it stands behind {@code count}, for one whose plural only gets an s. */
  public static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** The noun, or the verb, as it stands behind {@code count}. */
  public static String of(long count, String one, String more) {
    return count == 1 ? one : more;
  }
}
