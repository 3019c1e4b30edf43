package loteria.tool;

import java.nio.ByteBuffer;
import loteria.lottery.Lottery;
import loteria.protocol.BetCursor;
import loteria.protocol.BetsCsv;
import loteria.protocol.Message;

/**
 * Where the rows of each agency are in the sealed file that a journal calls for: those of agency 1,
 * then those of agency 2, and so on. Two numbers an agency. For one thread.
 */
final class SealedLayout {
  private final long[] bytes = new long[Lottery.AGENCIES_MAX + 1];
  private final long[] rows = new long[Lottery.AGENCIES_MAX + 1];
  private final ByteBuffer row = ByteBuffer.allocate(BetsCsv.ROW_BYTES_MAX);

  /** Takes a record of the journal; only batches matter. */
  void take(JournalRecord record) {
    if (record.content() instanceof Message.Batch batch) {
      BetCursor bet = batch.bets().cursor();
      while (bet.next()) {
        BetsCsv.putRow(batch.agency(), bet, row.clear());
        bytes[batch.agency()] += row.position();
        rows[batch.agency()]++;
      }
    }
  }

  /** The offset of each agency's first row, by agency. */
  long[] offsets() {
    return startsOf(bytes);
  }

  /** How many rows precede each agency's first. */
  long[] rowsBefore() {
    return startsOf(rows);
  }

  /** How many bytes the file has. */
  long size() {
    long size = 0;
    for (long agency : bytes) {
      size += agency;
    }
    return size;
  }

  private static long[] startsOf(long[] lengths) {
    long[] starts = new long[lengths.length];
    for (int agency = 1; agency < lengths.length; agency++) {
      starts[agency] = starts[agency - 1] + lengths[agency - 1];
    }
    return starts;
  }
}
