package loteria.protocol;

import java.nio.ByteBuffer;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;

/**
 * The rows of {@code bets.csv}, byte for byte as the course's {@code store_bets} writes them:
 * Python's csv.writer with QUOTE_MINIMAL, columns agency, first name, last name, document, birth
 * date and number, rows ended by CR LF.
 *
 * <p>QUOTE_MINIMAL quotes a field that has the delimiter, the quote or a line break in it, and
 * doubles the quotes; a bet has no line breaks, and only its names can have the others.
 */
public final class BetsCsv {
  /** What a row can take at the most: names all of quotes, each doubled, between quotes. */
  public static final int ROW_BYTES_MAX =
      digits(Lottery.AGENCIES_MAX)
          + 2 * (2 * Bet.NAME_BYTES_MAX + 2)
          + Bet.DOCUMENT_DIGITS_MAX
          + "YYYY-MM-DD".length()
          + digits(Bet.NUMBER_MAX)
          + 5
          + 2;

  private BetsCsv() {}

  /**
   * Puts the row of the bet that the cursor is at.
   *
   * @param rows has an array, and room for {@link #ROW_BYTES_MAX} bytes
   */
  public static void putRow(int agency, BetCursor bet, ByteBuffer rows) {
    byte[] bytes = rows.array();
    int start = rows.arrayOffset();
    int at = putNumber(agency, bytes, start + rows.position());
    bytes[at++] = ',';
    at = putName(bet.firstName(), bytes, at);
    bytes[at++] = ',';
    at = putName(bet.lastName(), bytes, at);
    bytes[at++] = ',';
    at = bet.document().copyTo(bytes, at);
    bytes[at++] = ',';
    at = putTwoDigits(bet.year() / 100, bytes, at);
    at = putTwoDigits(bet.year() % 100, bytes, at);
    bytes[at++] = '-';
    at = putTwoDigits(bet.month(), bytes, at);
    bytes[at++] = '-';
    at = putTwoDigits(bet.day(), bytes, at);
    bytes[at++] = ',';
    at = putNumber(bet.number(), bytes, at);
    bytes[at++] = '\r';
    bytes[at++] = '\n';
    rows.position(at - start);
  }

  /** Puts a row that lacks but its agency and its line end. */
  static void putRow(int agency, byte[] row, int from, int length, ByteBuffer rows) {
    byte[] bytes = rows.array();
    int start = rows.arrayOffset();
    int at = putNumber(agency, bytes, start + rows.position());
    bytes[at++] = ',';
    System.arraycopy(row, from, bytes, at, length);
    at += length;
    bytes[at++] = '\r';
    bytes[at++] = '\n';
    rows.position(at - start);
  }

  private static int putName(BetCursor.Text name, byte[] rows, int from) {
    if (!name.contains('"') && !name.contains(',')) {
      return name.copyTo(rows, from);
    }
    int at = from;
    rows[at++] = '"';
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) == '"') {
        rows[at++] = '"';
      }
      rows[at++] = name.at(i);
    }
    rows[at++] = '"';
    return at;
  }

  private static int putTwoDigits(int value, byte[] rows, int at) {
    rows[at] = (byte) ('0' + value / 10);
    rows[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  /** Puts a number from 0 to 99999 without leading zeros. */
  private static int putNumber(int value, byte[] rows, int from) {
    int end = from + digits(value);
    int rest = value;
    for (int at = end - 1; at >= from; at--) {
      rows[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  private static int digits(int value) {
    return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : value < 10_000 ? 4 : 5;
  }
}
