package loteria.server;

import java.nio.ByteBuffer;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import loteria.protocol.BetCursor;

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

  private static int digits(int value) {
    return Integer.toString(value).length();
  }

  /**
   * Puts the row of the bet that the cursor is at; there must be room for {@link #ROW_BYTES_MAX}
   * bytes.
   */
  public static void putRow(int agency, BetCursor bet, ByteBuffer rows) {
    putNumber(agency, rows);
    rows.put((byte) ',');
    putName(bet.firstName(), rows);
    rows.put((byte) ',');
    putName(bet.lastName(), rows);
    rows.put((byte) ',');
    putPlain(bet.document(), rows);
    rows.put((byte) ',');
    putDate(bet, rows);
    rows.put((byte) ',');
    putNumber(bet.number(), rows);
    rows.put((byte) '\r').put((byte) '\n');
  }

  private static void putName(BetCursor.Text name, ByteBuffer rows) {
    if (!needsQuotes(name)) {
      putPlain(name, rows);
      return;
    }
    rows.put((byte) '"');
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) == '"') {
        rows.put((byte) '"');
      }
      rows.put(name.at(i));
    }
    rows.put((byte) '"');
  }

  private static boolean needsQuotes(BetCursor.Text name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) == ',' || name.at(i) == '"') {
        return true;
      }
    }
    return false;
  }

  private static void putPlain(BetCursor.Text text, ByteBuffer rows) {
    for (int i = 0; i < text.length(); i++) {
      rows.put(text.at(i));
    }
  }

  private static void putDate(BetCursor bet, ByteBuffer rows) {
    putDigits(bet.year(), 1000, rows);
    rows.put((byte) '-');
    putDigits(bet.month(), 10, rows);
    rows.put((byte) '-');
    putDigits(bet.day(), 10, rows);
  }

  private static void putNumber(int value, ByteBuffer rows) {
    int power = 1;
    while (value / power >= 10) {
      power *= 10;
    }
    putDigits(value, power, rows);
  }

  /** Puts the digits of a value from that of {@code power}, a power of ten, down to the last. */
  private static void putDigits(int value, int power, ByteBuffer rows) {
    for (int p = power; p > 0; p /= 10) {
      rows.put((byte) ('0' + value / p % 10));
    }
  }
}
