package loteria.client;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import loteria.lottery.Share;
import loteria.protocol.BetsCsv;
import loteria.protocol.EncodedBet;

/**
 * What of the sealed file should be an agency's, by its own bets: the rows are laid as they should
 * stand there, and summed. For one thread.
 */
final class OwnShare {
  private static final int ROWS_BYTES = 1 << 14;

  private final int agency;
  private final ByteBuffer rows = ByteBuffer.allocate(ROWS_BYTES);
  private final CRC32C checksum = new CRC32C();
  private long count;

  OwnShare(int agency) {
    this.agency = agency;
  }

  /** This is the agency's next bet; the rows that it was read from are still as they were. */
  void add(EncodedBet bet) {
    if (rows.remaining() < BetsCsv.ROW_BYTES_MAX) {
      sum();
    }
    bet.putSealedRow(agency, rows);
    count++;
  }

  private void sum() {
    checksum.update(rows.flip());
    rows.clear();
  }

  /** The share of all bets so far. */
  Share share() {
    sum();
    return new Share(count, (int) checksum.getValue());
  }
}
