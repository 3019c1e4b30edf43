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

  private final byte[] bytes = new byte[Bets.BET_BYTES_MAX];
  private final BetCursor cursor = new BetCursor(bytes, 0, 0);
  private int length;

  /** How many bytes it takes; 0 before any bet was set. */
  public int length() {
    return length;
  }

  void putInto(ByteBuffer bets) {
    bets.put(bytes, 0, length);
  }

  /** Sets the bet. */
  public void set(Bet bet) {
    length = 0;
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
    int at = putField(rows, from, to);
    at = at < 0 ? at : putField(rows, at, to);
    at = at < 0 ? at : putField(rows, at, to);
    at = at < 0 ? at : putDateAndNumber(rows, at, to);
    if (at < 0 || !isValid()) {
      length = 0;
      return NOT_PLAIN;
    }
    return at;
  }

  private boolean isValid() {
    cursor.reset(0, length);
    return cursor.next();
  }

  /** Puts a field as a text; where the one after its comma begins. */
  private int putField(byte[] rows, int from, int to) {
    int text = length + 1;
    int end = Math.min(to, from + Bet.NAME_BYTES_MAX + 1);
    for (int at = from; at < end; at++) {
      byte next = rows[at];
      if (next == ',') {
        bytes[length] = (byte) (at - from);
        length = text + at - from;
        return at + 1;
      }
      if (next == '"') {
        return NOT_PLAIN;
      }
      bytes[text + at - from] = next;
    }
    return NOT_PLAIN;
  }

  private int putDateAndNumber(byte[] rows, int from, int to) {
    int number = from + DATE_BYTES + 1;
    if (number >= to
        || rows[from + 4] != '-'
        || rows[from + 7] != '-'
        || rows[from + DATE_BYTES] != ',') {
      return NOT_PLAIN;
    }
    int year = digits(rows, from, from + 4);
    int month = digits(rows, from + 5, from + 7);
    int day = digits(rows, from + 8, from + DATE_BYTES);
    int end = number;
    while (end < to && rows[end] != '\r' && rows[end] != '\n') {
      end++;
    }
    boolean shortest = end - number == 1 || (end > number && rows[number] != '0');
    if (!shortest || end - number > NUMBER_DIGITS_MAX || (year | month | day) < 0) {
      return NOT_PLAIN;
    }
    put(year, month, day);
    put(digits(rows, number, end));
    return afterLineEnd(rows, end, to);
  }

  /** The number that some digits make; negative if they are not all digits. */
  private static int digits(byte[] rows, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      int digit = rows[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  private static int afterLineEnd(byte[] rows, int at, int to) {
    int lineFeed = at < to && rows[at] == '\r' ? at + 1 : at;
    return lineFeed < to && rows[lineFeed] == '\n' ? lineFeed + 1 : NOT_PLAIN;
  }
}
