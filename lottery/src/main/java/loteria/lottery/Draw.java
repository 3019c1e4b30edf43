package loteria.lottery;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The draw: a pure function of the sealed file and the number. It is shown rows of the file ({@link
 * BetRow}), and counts those that bet on the number, by agency.
 *
 * <p>A line break ends a row, for no field of a bet has one; no field after the names has a comma.
 * So a row is a winner if it ends with the number between a comma and the line end, and nothing
 * else of it is looked at.
 *
 * <p>Several draws of one number, each shown other rows, {@link #add} up to one of all of them. It
 * takes the file to be what was sealed, which its hash tells. For one thread.
 */
public final class Draw {
  /** The number that wins unless a setting says otherwise: the course's. */
  public static final int NUMBER = 7574;

  private final int number;
  private final int endingBytes;
  private final long ending; // of a winning row, in the highest bytes of a word
  private final Map<Integer, Long> winners = new HashMap<>();
  private long bets;

  /** A draw that was shown no row yet. */
  public Draw(int number) {
    byte[] text = ("," + number + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] word = new byte[Words.BYTES];
    System.arraycopy(text, 0, word, Words.BYTES - text.length, text.length);
    this.number = number;
    this.endingBytes = text.length;
    this.ending = Words.at(word, 0) >>> endingShift();
  }

  /**
   * Takes the whole rows that there are.
   *
   * @param rows they begin at {@code from}, and end at or before {@code to}
   * @return where the first row begins that is not whole, or {@code to}
   * @throws IllegalArgumentException if a winning row is of no agency
   */
  public int take(byte[] rows, int from, int to) {
    int row = from;
    for (int next = after(rows, row, to); next >= 0; next = after(rows, row, to)) {
      bets++;
      if (wins(rows, next)) {
        winners.merge(agency(rows, row), 1L, Long::sum);
      }
      row = next;
    }
    return row;
  }

  /** Whether the valid row that ends before an index bets on the number. */
  public boolean wins(byte[] rows, int rowEnd) {
    return Words.at(rows, rowEnd - Words.BYTES) >>> endingShift() == ending;
  }

  private int endingShift() {
    return (Words.BYTES - endingBytes) * Byte.SIZE;
  }

  /** Where the row after this one begins; negative if this one is not whole. */
  public static int after(byte[] rows, int row, int to) {
    int lineFeed = Words.indexOf('\n', rows, row + BetRow.BYTES_MIN - 1, to);
    return lineFeed < to ? lineFeed + 1 : -1;
  }

  private static int agency(byte[] rows, int row) {
    int agency = 0;
    int at = row;
    while (rows[at] >= '0' && rows[at] <= '9' && agency <= Lottery.AGENCIES_MAX) {
      agency = 10 * agency + rows[at] - '0';
      at++;
    }
    if (rows[at] != ',' || agency < 1 || agency > Lottery.AGENCIES_MAX || rows[row] == '0') {
      throw new IllegalArgumentException("a row begins with no agency");
    }
    return agency;
  }

  /** Adds the rows that another draw of the same number was shown. */
  public void add(Draw other) {
    assert other.number == number : other.number;
    bets += other.bets;
    other.winners.forEach((agency, count) -> winners.merge(agency, count, Long::sum));
  }

  /** How many bets have won, of those that were shown. */
  public Winners winners() {
    return new Winners(number, bets, winners);
  }
}
