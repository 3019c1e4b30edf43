package loteria.lottery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lays five texts as the row of a bet. What it lays is canonical, and still to be checked: the
 * rules are {@link BetRow}'s. Pure.
 */
public final class Csv {
  private static final byte[] NOT_UTF8 = {(byte) 0xff};

  private Csv() {}

  /**
   * The row of an agency's bet, its line end included, as CPython's {@code csv.writer} would lay it
   * (QUOTE_MINIMAL); a number loses its leading zeros, however many.
   *
   * @param fields first name, last name, document, birth date and number, as bytes of UTF-8, or of
   *     whatever a file had in their place
   */
  public static byte[] row(int agency, List<byte[]> fields) {
    assert fields.size() == BetRow.Field.values().length : fields.size();
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(Integer.toString(agency).getBytes(StandardCharsets.US_ASCII));
    for (int field = 0; field < fields.size(); field++) {
      boolean number = field == fields.size() - 1;
      row.write(',');
      putField(fields.get(field), number ? leadingZeros(fields.get(field)) : 0, row);
    }
    row.write('\r');
    row.write('\n');
    return row.toByteArray();
  }

  /**
   * The row of five texts. A text with half of a pair cannot be laid in UTF-8: its row is one that
   * {@link BetRow} refuses.
   */
  public static byte[] rowOf(int agency, List<String> fields) {
    return row(agency, fields.stream().map(Csv::utf8).toList());
  }

  private static byte[] utf8(String text) {
    boolean half = text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    // String.getBytes puts a question mark for half of a pair, and so makes another name of it.
    return half ? NOT_UTF8.clone() : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void putField(byte[] field, int from, ByteArrayOutputStream row) {
    if (!needsQuotes(field)) {
      row.write(field, from, field.length - from);
      return;
    }
    row.write('"');
    for (byte character : field) {
      if (character == '"') {
        row.write('"');
      }
      row.write(character);
    }
    row.write('"');
  }

  /** Whether QUOTE_MINIMAL puts a field between quotes. */
  static boolean needsQuotes(byte[] field) {
    for (byte character : field) {
      if (character == ',' || character == '"' || character == '\r' || character == '\n') {
        return true;
      }
    }
    return false;
  }

  /** How many zeros digits have before the first that counts; 0 if the text is not digits. */
  private static int leadingZeros(byte[] number) {
    int zeros = 0;
    for (int i = 0; i < number.length; i++) {
      if (number[i] < '0' || number[i] > '9') {
        return 0;
      }
      if (number[i] == '0' && zeros == i && i < number.length - 1) {
        zeros++;
      }
    }
    return zeros;
  }
}
