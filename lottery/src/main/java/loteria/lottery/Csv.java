package loteria.lottery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lays five texts as the row of a bet. What it lays is canonical, and still to be checked: the
 * rules are {@link BetRow}'s. Pure.
 */
public final class Csv {
  private Csv() {}

  /**
   * The row of an agency's bet, its line end included, as CPython's {@code csv.writer} would lay it
   * (QUOTE_MINIMAL), the number in its shortest form.
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

  /** The row of five texts. */
  public static byte[] rowOf(int agency, List<String> fields) {
    return row(
        agency, fields.stream().map(field -> field.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** QUOTE_MINIMAL: quotes what has a comma, a quote or a line break, and doubles its quotes. */
  private static void putField(byte[] field, int from, ByteArrayOutputStream row) {
    boolean quoted = false;
    for (byte character : field) {
      quoted |= character == ',' || character == '"' || character == '\r' || character == '\n';
    }
    if (!quoted) {
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

  /** How many zeros a number of at most nine digits has before its first digit that counts. */
  private static int leadingZeros(byte[] number) {
    int zeros = 0;
    for (int i = 0; i < number.length; i++) {
      if (number[i] < '0' || number[i] > '9' || number.length > 9) {
        return 0;
      }
      if (number[i] == '0' && zeros == i && i < number.length - 1) {
        zeros++;
      }
    }
    return zeros;
  }
}
