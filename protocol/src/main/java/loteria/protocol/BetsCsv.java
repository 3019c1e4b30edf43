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
    int texts = putAgency(agency, rows);
    int copied = bet.copyTexts(bytes, texts); // what follows them has 15 bytes at least
    int at = copied < 0 ? putTexts(bet, bytes, texts) : copied;
    bytes[at++] = ',';
    at = putTwoDigits(bet.year() / 100, bytes, at);
    at = putTwoDigits(bet.year() % 100, bytes, at);
    bytes[at++] = '-';
    at = putTwoDigits(bet.month(), bytes, at);
    bytes[at++] = '-';
    at = putTwoDigits(bet.day(), bytes, at);
    bytes[at++] = ',';
    endRow(putNumber(bet.number(), bytes, at), rows);
  }

  /** Puts names and document, whatever the names have in them. */
  private static int putTexts(BetCursor bet, byte[] rows, int from) {
    int at = putName(bet.firstName(), rows, from);
    rows[at++] = ',';
    at = putName(bet.lastName(), rows, at);
    rows[at++] = ',';
    return bet.document().copyTo(rows, at);
  }

  /** Puts a row that lacks but its agency and its line end. */
  static void putRow(int agency, byte[] row, int from, int length, ByteBuffer rows) {
    int at = putAgency(agency, rows);
    System.arraycopy(row, from, rows.array(), at, length);
    endRow(at + length, rows);
  }

  /** Puts the agency and its comma; the index in the array where the row goes on. */
  private static int putAgency(int agency, ByteBuffer rows) {
    int at = putNumber(agency, rows.array(), rows.arrayOffset() + rows.position());
    rows.array()[at] = ',';
    return at + 1;
  }

  /** Puts the line end at an index of the array, where the row has come to. */
  private static void endRow(int at, ByteBuffer rows) {
    rows.array()[at] = '\r';
    rows.array()[at + 1] = '\n';
    rows.position(at + 2 - rows.arrayOffset());
  }

  private static int putName(BetCursor.Text name, byte[] rows, int from) {
    for (int i = 0; i < name.length(); i++) {
      byte character = name.at(i);
      if (character == ',' || character == '"') {
        return putQuoted(name, rows, from);
      }
      rows[from + i] = character;
    }
    return from + name.length();
  }

  private static int putQuoted(BetCursor.Text name, byte[] rows, int from) {
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
