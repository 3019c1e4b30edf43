package loteria.client.bets;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import loteria.lottery.BetRow;
import loteria.lottery.Count;
import loteria.lottery.Csv;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an agency's file, parsed by the CSV library, laid canonically and checked: what says in
 * which line and field a row is no bet, and why. Streamed. For one thread.
 *
 * <p>The library is given Latin-1, in which every byte is a character, and each field is then
 * decoded as UTF-8 by itself: so it is known in which row and field the bytes are that are not.
 */
public final class CarefulRows {
  private static final int FIELDS = BetRow.Field.values().length;

  /** More separators than that in the one field of a row are no chance. */
  private static final int SEPARATORS_MIN = FIELDS - 1;

  private final int agency;
  private final BetRow rules;
  private final String source;
  private final long lineBefore;
  private final Iterator<CsvRecord> records;
  private boolean first;
  private boolean ended;
  private long line;

  /**
   * The rows of a part of the file.
   *
   * @param line the one that the part begins with, from 1
   * @param first whether no row of the file comes before these
   * @param rows whole rows, in Latin-1
   */
  CarefulRows(int agency, String source, long line, boolean first, String rows) {
    this(agency, source, line, first, new StringReader(rows));
  }

  private CarefulRows(int agency, String source, long line, boolean first, Reader rows) {
    this.agency = agency;
    this.rules = new BetRow(agency);
    this.source = source;
    this.lineBefore = line - 1;
    this.line = line;
    this.first = first;
    this.records = reader(rows).iterator();
  }

  /** The rows of a whole file, in Latin-1. */
  public static CarefulRows of(int agency, String source, Reader rows) {
    return new CarefulRows(agency, source, 1, true, rows);
  }

  /** Rows, blank lines among them, with as many fields as they have. */
  private static CsvReader<CsvRecord> reader(Reader rows) {
    return CsvReader.builder()
        .skipEmptyLines(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(CsvFile.ROW_BYTES_MAX)
        .build(
            CsvRecordHandler.builder()
                .maxFields(CsvFile.ROW_BYTES_MAX)
                .maxFieldSize(CsvFile.ROW_BYTES_MAX)
                .maxRecordSize(CsvFile.ROW_BYTES_MAX)
                .build(),
            rows);
  }

  /**
   * The next bet's row; null if there are no more.
   *
   * @throws BadRowException if what follows is none; the one after it is next
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  public byte @Nullable [] next() throws BadRowException {
    try {
      while (!ended && records.hasNext()) {
        CsvRecord record = records.next();
        line = lineBefore + record.getStartingLineNumber();
        if (record.getFieldCount() > 1 || !record.getField(0).isEmpty()) {
          try {
            return row(record);
          } finally {
            line++;
          }
        }
        line++;
      }
      return null;
    } catch (CsvParseException unclear) {
      ended = true;
      throw bad("-", reason(String.valueOf(unclear.getMessage())));
    }
  }

  /** What is wrong with the row that the library cannot parse, by what it says. */
  private static String reason(String said) {
    if (said.contains("after closing quote")) {
      return "has text between a closing quote and the next comma";
    }
    return said.contains("quote")
        ? "a quote opens here and is not closed"
        : "a row of more than 64 KiB begins here: is there a quote that is not closed?";
  }

  /** The line after the last row, from 1. */
  public long line() {
    return line;
  }

  private byte[] row(CsvRecord record) throws BadRowException {
    String hint = hint(record);
    first = false;
    int count = record.getFieldCount();
    if (count != FIELDS) {
      throw bad("-", "has " + Count.of(count, "field") + ", not " + FIELDS + hint);
    }
    List<byte[]> fields = new ArrayList<>(FIELDS);
    for (BetRow.Field field : BetRow.Field.values()) {
      fields.add(utf8(record.getField(fields.size()), field));
    }
    byte[] row = Csv.row(agency, fields);
    if (rules.check(row, 0, row.length) != row.length) {
      BetRow.Flaw flaw = rules.flaw(row, 0, row.length);
      BetRow.Field field = flaw.field();
      throw bad(field == null ? "-" : field.toString(), flaw.reason() + hint);
    }
    return row;
  }

  private byte[] utf8(String latin1, BetRow.Field field) throws BadRowException {
    byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException _) {
      throw bad(field.toString(), "is not UTF-8");
    }
  }

  /** What a row that is no bet looks like; empty if like nothing that is known. */
  private String hint(CsvRecord record) {
    if (record.getFieldCount() == 1) {
      if (count(record, ';') >= SEPARATORS_MIN) {
        return ": it is separated by ';': save it with commas";
      }
      if (count(record, '\t') >= SEPARATORS_MIN) {
        return ": it is separated by tabs: save it with commas";
      }
    }
    return first && !hasDigit(record) ? ": is this a header?" : "";
  }

  private static long count(CsvRecord record, char separator) {
    return record.getField(0).chars().filter(character -> character == separator).count();
  }

  private static boolean hasDigit(CsvRecord record) {
    return record.getFields().stream()
        .flatMapToInt(String::chars)
        .anyMatch(character -> character >= '0' && character <= '9');
  }

  private BadRowException bad(String field, String reason) {
    return new BadRowException(source, line, field, reason);
  }
}
