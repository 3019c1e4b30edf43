package loteria.server.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Count;
import loteria.lottery.Draw;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * Reads the documents of an agency's winning bets from its rows in the journal, a page at a time,
 * each when it is asked for: however many have won, one page is in memory.
 *
 * <p>{@link #begin} and {@link #end} are for the ledger's thread, {@link #next} for that beside it,
 * between the two; {@link #abandon} for either at any time.
 */
public final class WinnersReader {
  private final Records records;
  private final Positions positions;
  private final int agency;
  private final Draw draw;
  private final int number;
  private boolean busy;
  private volatile boolean abandoned;

  /** How many winners were not read yet. */
  private long left;

  // Where the first row lies that was not looked at.
  private int batch;
  private int row;

  /** Of an agency of whose bets so many have won. */
  public WinnersReader(Records records, Positions positions, int agency, int number, long winners) {
    this.records = records;
    this.positions = positions;
    this.agency = agency;
    this.number = number;
    this.draw = new Draw(number);
    this.left = winners;
  }

  /** The next page is wanted; false if it is being read already. */
  public boolean begin() {
    boolean begins = !busy;
    busy = true;
    return begins;
  }

  /** The page was read. */
  public void end() {
    busy = false;
  }

  /** Nobody wants to know any more: no further batch is read. */
  public void abandon() {
    abandoned = true;
  }

  /** The next page, as full as its frame allows; less than that once it is abandoned. */
  public Message.WinnersPage next() throws IOException {
    List<String> documents = new ArrayList<>();
    int bytes = 0;
    while (left > 0 && !abandoned) {
      if (batch == positions.count(agency)) {
        throw new IOException(
            "%s of agency %d %s not there"
                .formatted(Count.of(left, "winner"), agency, Count.word(left, "is", "are")));
      }
      Rows rows = SealedFile.rows(records, agency, positions.position(agency, batch));
      while (left > 0 && row < rows.length()) {
        int next = rows.after(row);
        if (rows.wins(draw, next)) {
          String document = rows.document(next);
          bytes += Message.WinnersPage.bytes(document);
          if (bytes > Message.WinnersPage.DOCUMENTS_BYTES_MAX) {
            return new Message.WinnersPage(number, false, documents);
          }
          documents.add(document);
          left--;
        }
        row = next;
      }
      if (row == rows.length()) {
        batch++;
        row = 0;
      }
    }
    return new Message.WinnersPage(number, true, documents);
  }
}
