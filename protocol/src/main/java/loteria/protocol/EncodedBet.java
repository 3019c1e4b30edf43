package loteria.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import loteria.lottery.Bet;
import loteria.lottery.Words;

/**
 * One bet in the bytes of the wire ({@link Bets}), to be set again and again, without an object for
 * each. For one thread.
 */
public final class EncodedBet {
  private static final int DATE_BYTES = "YYYY-MM-DD".length();
  private static final int NUMBER_DIGITS_MAX = 4;

  /** The longest plain row, its line end included. */
  public static final int PLAIN_ROW_BYTES_MAX =
      2 * (Bet.NAME_BYTES_MAX + 1)
          + Bet.DOCUMENT_DIGITS_MAX
          + 1
          + DATE_BYTES
          + 1
          + NUMBER_DIGITS_MAX
          + 2;

  private static final int NOT_PLAIN = -1;

  /** Makes whatever it is a part of negative. */
  private static final int NO_NUMBER = -10_000;

  // Three texts as long as a name, a date and a number, and room for a word that begins in a text.
  private final byte[] bytes = new byte[3 * (1 + Bet.NAME_BYTES_MAX) + 6 + Words.BYTES];
  private final BetCursor cursor = new BetCursor(bytes, 0, 0);
  private int length;

  // The plain row that it was set to, without its line end; none if it was set otherwise.
  private byte[] row = {};
  private int rowFrom;
  private int rowLength;

  /** How many bytes it takes; 0 before any bet was set. */
  public int length() {
    return length;
  }

  /** A bet by itself. */
  public static EncodedBet of(Bet bet) {
    EncodedBet encoded = new EncodedBet();
    encoded.set(bet);
    return encoded;
  }

  void putInto(ByteBuffer bets) {
    bets.put(bytes, 0, length);
  }

  /**
   * Puts the row of the sealed file that is the bet's; to be called before the rows change of which
   * it was set to one.
   *
   * @param sealed has an array, and room for {@link BetsCsv#ROW_BYTES_MAX} bytes
   */
  public void putSealedRow(int agency, ByteBuffer sealed) {
    if (rowLength > 0) {
      BetsCsv.putRow(agency, row, rowFrom, rowLength, sealed);
      return;
    }
    cursor.reset(0, length);
    boolean valid = cursor.next();
    assert valid;
    BetsCsv.putRow(agency, cursor, sealed);
  }

  /** Sets the bet. */
  public void set(Bet bet) {
    length = 0;
    rowLength = 0;
    put(bet.firstName().getBytes(StandardCharsets.UTF_8));
    put(bet.lastName().getBytes(StandardCharsets.UTF_8));
    put(bet.document().getBytes(StandardCharsets.US_ASCII));
    LocalDate birthDate = bet.birthDate();
    put(birthDate.getYear(), birthDate.getMonthValue(), birthDate.getDayOfMonth());
    put(bet.number());
  }

  private void put(byte[] text) {
    bytes[length] = (byte) text.length;
    System.arraycopy(text, 0, bytes, length + 1, text.length);
    length += 1 + text.length;
  }

  private void put(int year, int month, int day) {
    put(year);
    bytes[length++] = (byte) month;
    bytes[length++] = (byte) day;
  }

  private void put(int value) {
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
  }

  /**
   * Sets the bet of a plain row of an agency's file: first name, last name, document, birth date as
   * YYYY-MM-DD and number between commas, without quotes, the number without leading zeros, ended
   * by LF or CR LF, and each as {@link Bet} demands. Of any other row it says no more than that it
   * is not such a row, and no bet is set then.
   *
   * @param rows the row begins at {@code from} and ends before {@code to}
   * @return where the next row begins, or a negative number if this is no plain row
   */
  public int setPlainRow(byte[] rows, int from, int to) {
    length = 0;
    rowLength = 0;
    int at = putField(rows, from, to);
    at = at < 0 ? at : putField(rows, at, to);
    at = at < 0 ? at : putField(rows, at, to);
    at = at < 0 ? at : putDateAndNumber(rows, at, to);
    if (at < 0 || !isValid()) {
      length = 0;
      return NOT_PLAIN;
    }
    row = rows;
    rowFrom = from;
    rowLength = at - from - (rows[at - 2] == '\r' ? 2 : 1);
    return at;
  }

  private boolean isValid() {
    cursor.reset(0, length);
    return cursor.next();
  }

  /** Puts a field as a text; where the one after its comma begins. */
  private int putField(byte[] rows, int from, int to) {
    int bytesMax = Math.min(to - from - 1, Bet.NAME_BYTES_MAX);
    int text = length + 1;
    for (int size = 0; size <= bytesMax; size += Words.BYTES) {
      long word = Words.at(rows, from + size);
      // What is put beyond the comma is written over.
      Words.put(word, bytes, text + size);
      int comma = Words.first(Words.equal(word, ','));
      int quote = Words.first(Words.equal(word, '"'));
      if (quote < comma) {
        return NOT_PLAIN;
      }
      if (comma < Words.BYTES) {
        return endField(from, size + comma, bytesMax);
      }
    }
    return NOT_PLAIN;
  }

  private int endField(int from, int size, int bytesMax) {
    if (size > bytesMax) {
      return NOT_PLAIN;
    }
    bytes[length] = (byte) size;
    length += 1 + size;
    return from + size + 1;
  }

  private int putDateAndNumber(byte[] rows, int from, int to) {
    int number = from + DATE_BYTES + 1;
    if (number >= to
        || rows[from + 4] != '-'
        || rows[from + 7] != '-'
        || rows[from + DATE_BYTES] != ',') {
      return NOT_PLAIN;
    }
    int year = 100 * twoDigits(rows, from) + twoDigits(rows, from + 2);
    int month = twoDigits(rows, from + 5);
    int day = twoDigits(rows, from + 8);
    int value = 0;
    int end = number;
    while (end < to && isDigit(rows[end]) && end - number < NUMBER_DIGITS_MAX) {
      value = 10 * value + rows[end] - '0';
      end++;
    }
    boolean shortest = end - number == 1 || (end > number && rows[number] != '0');
    if (!shortest || (year | month | day) < 0) {
      return NOT_PLAIN;
    }
    put(year, month, day);
    put(value);
    return afterLineEnd(rows, end, to);
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** The number that two digits make, or {@link #NO_NUMBER}. */
  private static int twoDigits(byte[] rows, int at) {
    return isDigit(rows[at]) && isDigit(rows[at + 1])
        ? 10 * rows[at] + rows[at + 1] - 11 * '0'
        : NO_NUMBER;
  }

  private static int afterLineEnd(byte[] rows, int at, int to) {
    int lineFeed = at < to && rows[at] == '\r' ? at + 1 : at;
    return lineFeed < to && rows[lineFeed] == '\n' ? lineFeed + 1 : NOT_PLAIN;
  }
}
