package loteria.tool;

import java.util.Arrays;

/**
 * First and last names as people in Argentina have them: one or two first names of one sex, and at
 * times a double surname.
 *
 * <p>Immutable; the caller brings the chance.
 */
final class People {
  private static final int TWO_FIRST_NAMES_PERCENT = 52;
  private static final int TWO_SURNAMES_PERCENT = 24;

  private final NameList women = NameList.read("women");
  private final NameList womenSecond = NameList.read("women-second");
  private final NameList men = NameList.read("men");
  private final NameList menSecond = NameList.read("men-second");
  private final NameList surnames = NameList.read("surnames");

  /** Puts {@code first name,last name} of somebody. */
  void put(Chance chance, RowBuffer row) {
    if (chance.below(2) == 0) {
      putName(women, womenSecond, TWO_FIRST_NAMES_PERCENT, chance, row);
    } else {
      putName(men, menSecond, TWO_FIRST_NAMES_PERCENT, chance, row);
    }
    row.put(',');
    putName(surnames, surnames, TWO_SURNAMES_PERCENT, chance, row);
  }

  private static void putName(
      NameList firsts, NameList seconds, int twoPercent, Chance chance, RowBuffer row) {
    byte[] first = firsts.draw(chance);
    row.put(first);
    if (chance.below(100) < twoPercent) {
      byte[] second = seconds.draw(chance);
      // "José José" is nobody's name, "García García" somebody's.
      if (firsts == seconds || !Arrays.equals(first, second)) {
        row.put(' ');
        row.put(second);
      }
    }
  }
}
