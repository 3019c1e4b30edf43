package loteria.runtime;

import java.util.Locale;

/** Finds the name that somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The name that takes the fewest letters to change; upper and lower case are alike. */
  public static String to(String wrong, Iterable<String> names) {
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int changes = changes(wrong, name);
      if (changes < least) {
        least = changes;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Whether at most a half of the letters differ: else the one was hardly meant by the other. */
  public static boolean isNear(String wrong, String name) {
    return changes(wrong, name) <= Math.max(wrong.length(), name.length()) / 2;
  }

  /** The edit distance of Levenshtein. */
  private static int changes(String wrong, String name) {
    String from = wrong.toLowerCase(Locale.ROOT);
    String to = name.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
