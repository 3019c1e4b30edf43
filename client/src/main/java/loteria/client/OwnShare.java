package loteria.client;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import loteria.lottery.Share;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import loteria.protocol.BetsCsv;

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

  /** These are the agency's next bets. */
  void add(Bets bets) {
    BetCursor bet = bets.cursor();
    while (bet.next()) {
      if (rows.remaining() < BetsCsv.ROW_BYTES_MAX) {
        sum();
      }
      BetsCsv.putRow(agency, bet, rows);
    }
    count += bets.count();
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
