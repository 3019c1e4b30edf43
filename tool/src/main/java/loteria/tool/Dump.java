package loteria.tool;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import loteria.journal.Recovery;
import loteria.protocol.BetCursor;
import loteria.protocol.BetsCsv;
import loteria.protocol.Decoded;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * Prints records of a journal, a line each, of columns that are never empty. For one thread.
 *
 * <pre>
 *       offset   record kind    agency      first       last      count checksum  bytes
 *           40        1 batch        1          0         98         99 8c3d1f00   4211
 *         4253        2 finish       1          -          -         99 8c3d1f00     22
 *         4277        3 closed       2          -          -          0 -            26 reason no llegó
 *         4305        4 sealed       -          -          -         99 -            50 sha256 … without 2
 *         4357        5 drawn        -          -          -          1 -            18 number 7574
 * </pre>
 */
final class Dump {
  private final Selection selection;
  private final boolean bets;
  private final PrintWriter out;
  private final ByteBuffer row = ByteBuffer.allocate(BetsCsv.ROW_BYTES_MAX);
  private long records;
  private @Nullable DisagreementException firstUnreadable;

  /**
   * Which records to print.
   *
   * @param offsets those that lie there
   * @param records those that are there in the order of the journal, from 1
   * @param agency those that this one has sent, or that close it; 0 for all
   */
  record Selection(Range offsets, Range records, int agency) {
    boolean contains(JournalRecord record, long number) {
      return offsets.contains(record.offset())
          && records.contains(number)
          && (agency == 0 || agency == sender(record.content()));
    }

    private static int sender(Decoded content) {
      return switch (content) {
        case Message.Batch batch -> batch.agency();
        case Message.Finish finish -> finish.agency();
        case Message.Closed closed -> closed.agency();
        default -> 0;
      };
    }
  }

  Dump(Selection selection, boolean bets, PrintWriter out) {
    this.selection = selection;
    this.bets = bets;
    this.out = out;
  }

  /** Prints the line that names the columns, once it is known to be a journal. */
  private void head() {
    line("offset", "record", "kind", "agency", "first", "last", "count", "checksum", "bytes", "");
  }

  /** Prints the next record of the journal, if it is selected. */
  void take(JournalRecord record) {
    if (records == 0) {
      head();
    }
    records++;
    if (firstUnreadable == null && record.content() instanceof Decoded.Malformed malformed) {
      firstUnreadable = record.wrong(JournalRecord.inOneLine(malformed));
    }
    if (selection.contains(record, records)) {
      print(record);
    }
  }

  private void print(JournalRecord record) {
    switch (record.content()) {
      case Message.Batch batch -> {
        long first = batch.first();
        int count = batch.bets().count();
        String checksum = hexadecimal(batch.bets().checksum());
        line(record, "batch", batch.agency(), first, first + count - 1, count, checksum, "");
        if (bets) {
          out.print(rows(batch));
        }
      }
      case Message.Finish finish -> {
        String checksum = hexadecimal(finish.checksum());
        line(record, "finish", finish.agency(), "-", "-", finish.total(), checksum, "");
      }
      case Message.Closed closed -> {
        String reason = " reason " + closed.reason();
        line(record, "closed", closed.agency(), "-", "-", closed.bets(), "-", reason);
      }
      case Message.Sealed(var seal) -> {
        String without = seal.closed().isEmpty() ? "" : " without " + inOneWord(seal.closed());
        String detail = " sha256 " + seal.sha256() + without;
        line(record, "sealed", "-", "-", "-", seal.bets(), "-", detail);
      }
      case Message.Drawn drawn ->
          line(record, "drawn", "-", "-", "-", drawn.winners(), "-", " number " + drawn.number());
      case Decoded.Malformed malformed ->
          line(record, "unknown", "-", "-", "-", "-", "-", " " + malformed.reason());
      case Message other -> throw new AssertionError(other);
    }
  }

  /** Each bet, with its ordinal, as it would be in the sealed file. */
  private String rows(Message.Batch batch) {
    StringBuilder lines = new StringBuilder();
    long ordinal = batch.first();
    BetCursor bet = batch.bets().cursor();
    while (bet.next()) {
      BetsCsv.putRow(batch.agency(), bet, row.clear());
      String text = StandardCharsets.UTF_8.decode(row.flip()).toString().stripTrailing();
      lines.append("%12s %8d %s%n".formatted("", ordinal, text));
      ordinal++;
    }
    return lines.toString();
  }

  /**
   * Ends the dump: the last line says how much there is.
   *
   * @throws DisagreementException if a record is none of a lottery, naming the first
   */
  void finish(Recovery found) throws DisagreementException {
    if (records == 0) {
      head();
    }
    String torn =
        found.tornBytes() == 0
            ? ""
            : ", then %d bytes of an unfinished or damaged write".formatted(found.tornBytes());
    out.println(
        "# %d records in %d blocks, %d bytes%s"
            .formatted(found.records(), found.blocks(), found.keptBytes(), torn));
    if (firstUnreadable != null) {
      throw firstUnreadable;
    }
  }

  private void line(
      JournalRecord record,
      String kind,
      Object agency,
      Object first,
      Object last,
      Object count,
      String checksum,
      String detail) {
    line(
        record.offset(),
        records,
        kind,
        agency,
        first,
        last,
        count,
        checksum,
        record.bytes(),
        detail);
  }

  private void line(Object... columns) {
    out.println(String.format(Locale.ROOT, "%12s %8s %-8s %6s %10s %10s %10s %-8s %6s%s", columns));
  }

  private static String inOneWord(List<Integer> agencies) {
    return agencies.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String hexadecimal(int checksum) {
    return "%08x".formatted(checksum);
  }
}
