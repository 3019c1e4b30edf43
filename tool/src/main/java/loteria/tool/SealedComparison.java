package loteria.tool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import loteria.journal.Storage;
import loteria.lottery.Lottery;
import loteria.protocol.BetCursor;
import loteria.protocol.BetsCsv;
import loteria.protocol.Message;
import loteria.server.SealedBets;
import org.jspecify.annotations.Nullable;

/**
 * Compares a sealed file, byte by byte, with the rows that a journal calls for. The journal is
 * taken in its own order, in which agencies alternate: each one's rows are looked for where its
 * last ones ended. So it takes two numbers an agency, and no table of batches such as the central
 * seals by.
 *
 * <p>It also counts the winners, bet by bet. For one thread.
 */
final class SealedComparison {
  private static final int BUFFER_BYTES = 1 << 13;

  private final Storage file;
  private final OptionalInt number;
  private final long size;
  private final long[] offsets;
  private final long[] rows;
  private final long[] rowsBefore;
  private final long[] winners = new long[Lottery.AGENCIES_MAX + 1];
  private final ByteBuffer expected = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer found = ByteBuffer.allocate(BUFFER_BYTES);
  private @Nullable Difference first;

  /**
   * @param layout of the same journal
   * @param number what was drawn, if a draw was held
   */
  SealedComparison(Storage file, SealedLayout layout, OptionalInt number) {
    this.file = file;
    this.number = number;
    this.size = layout.size();
    this.offsets = layout.offsets();
    this.rows = layout.rowsBefore();
    this.rowsBefore = layout.rowsBefore();
  }

  /**
   * Where the file is not what the journal calls for.
   *
   * @param row of the file, from 1
   * @param ordinal of the bet that should be there, in its agency's file, from 0
   */
  private record Difference(
      long offset, long row, int agency, long ordinal, JournalRecord record, boolean ends) {}

  /** Takes a record of the journal; only batches matter. */
  void take(JournalRecord record) throws IOException {
    if (!(record.content() instanceof Message.Batch batch)) {
      return;
    }
    int agency = batch.agency();
    BetCursor bet = batch.bets().cursor();
    expected.clear();
    while (bet.next()) {
      if (expected.remaining() < BetsCsv.ROW_BYTES_MAX) {
        compare(agency, record);
      }
      BetsCsv.putRow(agency, bet, expected);
      if (number.isPresent() && bet.number() == number.getAsInt()) {
        winners[agency]++;
      }
    }
    compare(agency, record);
  }

  private void compare(int agency, JournalRecord record) throws IOException {
    expected.flip();
    found.clear().limit(expected.remaining());
    readInto(found, offsets[agency]);
    int same = found.mismatch(expected);
    if (same >= 0) {
      long row = rows[agency] + rowsIn(same);
      differs(
          new Difference(
              offsets[agency] + same,
              row + 1,
              agency,
              row - rowsBefore[agency],
              record,
              same == found.limit()));
    }
    offsets[agency] += expected.limit();
    rows[agency] += rowsIn(expected.limit());
    expected.clear();
  }

  private void readInto(ByteBuffer into, long from) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read <= 0) {
        break; // the file ends too early
      }
      at += read;
    }
    into.flip();
  }

  /** How many of the expected rows end before an index: no field has a line feed in it. */
  private int rowsIn(int end) {
    int ends = 0;
    for (int i = 0; i < end; i++) {
      ends += expected.get(i) == '\n' ? 1 : 0;
    }
    return ends;
  }

  private void differs(Difference difference) {
    if (first == null || difference.offset() < first.offset()) {
      first = difference;
    }
  }

  /**
   * Ends the comparison, after the journal's last record.
   *
   * @return how many bets of each agency have won, by agency
   * @throws DisagreementException naming the first byte that is not as it should be
   */
  long[] finish() throws IOException {
    Difference difference = first;
    if (difference != null) {
      throw new DisagreementException(SealedBets.NAME, difference.offset(), inOneLine(difference));
    }
    if (file.size() > size) {
      throw new DisagreementException(
          SealedBets.NAME,
          size,
          "%d bytes more than the journal has bets for".formatted(file.size() - size));
    }
    return winners;
  }

  private static String inOneLine(Difference difference) {
    return (difference.ends() ? "the file ends, where row %d should be" : "row %d is not")
            .formatted(difference.row())
        + " bet %d of agency %d, which the journal has in its record at offset %d"
            .formatted(difference.ordinal(), difference.agency(), difference.record().offset());
  }
}
