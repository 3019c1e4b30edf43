package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import loteria.lottery.Lottery;
import loteria.protocol.BetCursor;
import loteria.protocol.BetsCsv;
import loteria.protocol.Message;
import loteria.server.Positions;
import loteria.server.SealedBets;

/**
 * The bets of a lottery that is not sealed, agency by agency as a seal would have them: 8 bytes of
 * memory a batch, as in the central. For one thread.
 */
final class Export {
  private static final int BUFFER_BYTES = 1 << 16;

  private final JournalFile journal;
  private final Replay lottery = new Replay(OptionalInt.empty());
  private final Positions positions = new Positions(Lottery.AGENCIES_MAX);

  private Export(JournalFile journal) {
    this.journal = journal;
  }

  /**
   * Reads a journal, which stays the caller's and is read again by {@link #writeTo}.
   *
   * @param directory whose journal it is, to be named
   * @throws IOException if the bets are sealed, or the journal is not as it should be
   */
  static Export of(JournalFile journal, Path directory) throws IOException {
    Export export = new Export(journal);
    journal.read(export::take);
    if (export.lottery.sealed().isPresent()) {
      throw new IOException(
          "the bets are sealed: they are in " + directory.resolve(SealedBets.NAME));
    }
    return export;
  }

  private void take(JournalRecord record) throws IOException {
    lottery.take(record);
    if (record.content() instanceof Message.Batch batch) {
      positions.add(batch.agency(), record.offset());
    }
  }

  /** The lottery, as far as it has come. */
  Replay lottery() {
    return lottery;
  }

  /** Writes a row for each bet. */
  void writeTo(OutputStream out) throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(BUFFER_BYTES);
    for (int agency = 1; agency <= lottery.agencies(); agency++) {
      for (int i = 0; i < positions.count(agency); i++) {
        if (journal.at(positions.position(agency, i)).entry() instanceof Message.Batch batch) {
          write(batch, rows, out);
        }
      }
    }
    flush(rows, out);
    out.flush();
  }

  private static void write(Message.Batch batch, ByteBuffer rows, OutputStream out)
      throws IOException {
    BetCursor bet = batch.bets().cursor();
    while (bet.next()) {
      if (rows.remaining() < BetsCsv.ROW_BYTES_MAX) {
        flush(rows, out);
      }
      BetsCsv.putRow(batch.agency(), bet, rows);
    }
  }

  private static void flush(ByteBuffer rows, OutputStream out) throws IOException {
    out.write(rows.array(), 0, rows.position());
    rows.clear();
  }
}
