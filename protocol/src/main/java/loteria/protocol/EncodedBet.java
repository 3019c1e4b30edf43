package loteria.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import loteria.lottery.Bet;

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

  /** Makes whatever it is a part of negative, and so no part of a date. */
  private static final int NO_NUMBER = -10_000;

  private final byte[] bytes = new byte[Bets.BET_BYTES_MAX];
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

  void copyTo(byte[] bets, int at) {
    System.arraycopy(bytes, 0, bets, at, length);
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
    int at = putName(rows, from, to, 1);
    at = at < 0 ? at : putName(rows, at, to, 0);
    at = at < 0 ? at : putDocument(rows, at, to);
    at = at < 0 ? at : putDateAndNumber(rows, at, to);
    if (at < 0) {
      length = 0;
      return NOT_PLAIN;
    }
    row = rows;
    rowFrom = from;
    rowLength = at - from - (rows[at - 2] == '\r' ? 2 : 1);
    return at;
  }

  /** Puts a name; where the field after its comma begins. */
  private int putName(byte[] rows, int from, int to, int bytesMin) {
    int textAt = length + 1;
    int bound = Math.min(to, from + Bet.NAME_BYTES_MAX + 1);
    boolean ascii = true;
    for (int at = from; at < bound; at++) {
      byte character = rows[at];
      if (character == ',') {
        boolean nameable = ascii || Utf8.firstNotNameable(rows, from, at - from) < 0;
        return nameable && at - from >= bytesMin ? endText(from, at) : NOT_PLAIN;
      }
      if (character < 0) {
        ascii = false;
      } else if (character == '"' || !Utf8.isPrintable(character)) {
        return NOT_PLAIN;
      }
      bytes[textAt + at - from] = character;
    }
    return NOT_PLAIN;
  }

  /** Puts a document; where the field after its comma begins. */
  private int putDocument(byte[] rows, int from, int to) {
    int textAt = length + 1;
    int bound = Math.min(to - 1, from + Bet.DOCUMENT_DIGITS_MAX);
    int at = from;
    while (at < bound && Utf8.isDigit(rows[at])) {
      bytes[textAt + at - from] = rows[at];
      at++;
    }
    return at > from && at < to && rows[at] == ',' ? endText(from, at) : NOT_PLAIN;
  }

  /** Ends a text that was put, the field of a row that ends before the comma. */
  private int endText(int from, int comma) {
    bytes[length] = (byte) (comma - from);
    length += 1 + comma - from;
    return comma + 1;
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
    while (end < to && Utf8.isDigit(rows[end]) && end - number < NUMBER_DIGITS_MAX) {
      value = 10 * value + rows[end] - '0';
      end++;
    }
    boolean shortest = end - number == 1 || (end > number && rows[number] != '0');
    if (!shortest || !Bet.isDate(year, month, day)) {
      return NOT_PLAIN;
    }
    put(year, month, day);
    put(value);
    return afterLineEnd(rows, end, to);
  }

  /** The number that two digits make, or {@link #NO_NUMBER}. */
  private static int twoDigits(byte[] rows, int at) {
    return Utf8.isDigit(rows[at]) && Utf8.isDigit(rows[at + 1])
        ? 10 * rows[at] + rows[at + 1] - 11 * '0'
        : NO_NUMBER;
  }

  private static int afterLineEnd(byte[] rows, int at, int to) {
    int lineFeed = at < to && rows[at] == '\r' ? at + 1 : at;
    return lineFeed < to && rows[lineFeed] == '\n' ? lineFeed + 1 : NOT_PLAIN;
  }
}
