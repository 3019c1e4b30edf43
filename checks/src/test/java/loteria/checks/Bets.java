package loteria.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Rows of agency files with known winners, and the sealed file that must come of them. */
public final class Bets {

  private static final int WINNING_NUMBER = 7574;

  private Bets() {}

  /** An agency's rows: as many as said, of which the last ones win; no two people are the same. */
  public static List<String> rows(int agency, int bets, int winners) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < bets; i++) {
      int number = i >= bets - winners ? WINNING_NUMBER : i * 31 % WINNING_NUMBER;
      rows.add(
          "José María,Núñez %s,%d,19%02d-%02d-%02d,%d"
              .formatted(
                  Integer.toString(i, 26).replaceAll("[0-9]", "ñ"),
                  10_000_000 + agency * 1_000_000 + i,
                  40 + i % 60,
                  1 + i % 12,
                  1 + i % 28,
                  number));
    }
    return rows;
  }

  /** How many rows the agencies have together. */
  public static int count(List<List<String>> agencies) {
    return agencies.stream().mapToInt(List::size).sum();
  }

  /** How many of the rows win, counted in the simplest way. */
  public static long winners(List<String> rows) {
    return rows.stream().filter(row -> row.endsWith("," + WINNING_NUMBER)).count();
  }

  /** The sealed file for the rows of agency 1, 2…, none of which needs quotes. */
  public static byte[] sealed(List<List<String>> agencies) {
    StringBuilder file = new StringBuilder();
    for (int k = 1; k <= agencies.size(); k++) {
      for (String row : agencies.get(k - 1)) {
        assertThat(row).doesNotContain("\"");
        file.append(k).append(',').append(row).append("\r\n");
      }
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
