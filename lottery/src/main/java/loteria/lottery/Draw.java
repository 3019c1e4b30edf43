package loteria.lottery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The draw: a pure function of the sealed file and the number. The rows of the file are shown to it
 * from the first to the last:
 *
 * <pre>
 *   agency , first name , last name , document , YYYY-MM-DD , number CR LF
 * </pre>
 *
 * An agency's rows are together. A line break ends a row, for no field of a bet has one; whatever a
 * name may have, no field after the names has a comma. So a row is read from its two ends, and what
 * lies between is passed over a word at a time.
 *
 * <p>It takes the file to be what was sealed, which its hash tells. For one thread.
 */
public final class Draw {
  /** The number that wins unless a setting says otherwise: the course's. */
  public static final int NUMBER = 7574;

  private static final int ROW_BYTES_MIN = "1,a,,1,2000-01-01,0\r\n".length();
  private static final int DATE_BYTES = "YYYY-MM-DD".length();

  private final int number;
  private final int endingBytes;
  private final long ending; // of a winning row, in the highest bytes of a word
  private final Map<Integer, List<String>> documents = new HashMap<>();
  private final Map<Integer, Share> shares = new HashMap<>();

  // The agency whose rows come now; before the first row there is none.
  private int agency;
  private long beginning; // of its rows, in the lowest bytes of a word
  private long beginningMask;
  private long bets;
  private final CRC32C checksum = new CRC32C();

  /** A draw of which no row was seen yet. */
  public Draw(int number) {
    byte[] text = ("," + number + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] word = new byte[Words.BYTES];
    System.arraycopy(text, 0, word, Words.BYTES - text.length, text.length);
    this.number = number;
    this.endingBytes = text.length;
    this.ending = Words.at(word, 0);
  }

  /**
   * Takes the whole rows that there are.
   *
   * @param rows they begin at {@code from}, and end at or before {@code to}
   * @return where the first row begins that is not whole, or {@code to}
   * @throws IllegalArgumentException if these are no rows of a sealed file
   */
  public int take(byte[] rows, int from, int to) {
    int agencyFrom = from;
    int row = from;
    for (int next = afterRow(rows, row, to); next >= 0; next = afterRow(rows, row, to)) {
      if ((Words.at(rows, row) & beginningMask) != beginning || agency == 0) {
        checksum.update(rows, agencyFrom, row - agencyFrom);
        endAgency();
        beginAgency(rows, row);
        agencyFrom = row;
      }
      bets++;
      if (Words.at(rows, next - Words.BYTES) >>> endingShift() == ending >>> endingShift()) {
        documents.computeIfAbsent(agency, _ -> new ArrayList<>()).add(document(rows, row, next));
      }
      row = next;
    }
    checksum.update(rows, agencyFrom, row - agencyFrom);
    return row;
  }

  private int endingShift() {
    return (Words.BYTES - endingBytes) * Byte.SIZE;
  }

  /** Where the row after this one begins; negative if this one is not whole. */
  private static int afterRow(byte[] rows, int row, int to) {
    int lineFeed = Words.indexOf('\n', rows, row + ROW_BYTES_MIN - 1, to);
    return lineFeed < to ? lineFeed + 1 : -1;
  }

  private void beginAgency(byte[] rows, int row) {
    int comma = row;
    int found = 0;
    while (rows[comma] >= '0' && rows[comma] <= '9' && found <= Lottery.AGENCIES_MAX) {
      found = 10 * found + rows[comma] - '0';
      comma++;
    }
    if (rows[comma] != ',' || found < 1 || found > Lottery.AGENCIES_MAX || rows[row] == '0') {
      throw new IllegalArgumentException("a row begins with no agency");
    }
    if (shares.containsKey(found)) {
      throw new IllegalArgumentException("the rows of agency %d are not together".formatted(found));
    }
    agency = found;
    beginningMask = -1L >>> ((Words.BYTES - (comma + 1 - row)) * Byte.SIZE);
    beginning = Words.at(rows, row) & beginningMask;
  }

  private void endAgency() {
    if (agency != 0) {
      shares.put(agency, new Share(bets, (int) checksum.getValue()));
    }
    bets = 0;
    checksum.reset();
  }

  /** The document of a winning row. */
  private String document(byte[] rows, int row, int next) {
    int end = next - endingBytes - DATE_BYTES - 1;
    int begin = end;
    while (begin > row && rows[begin - 1] != ',') {
      begin--;
    }
    return new String(rows, begin, end - begin, StandardCharsets.US_ASCII);
  }

  /** All rows were taken: who has won. */
  public Winners finish() {
    endAgency();
    agency = 0;
    documents.replaceAll((of, winners) -> List.copyOf(winners));
    return new Winners(number, documents, shares);
  }
}
