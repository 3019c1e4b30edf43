package loteria.client;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;
import loteria.protocol.EncodedBet;

/**
 * The bets of a file: rows of first name, last name, document, birth date and number, in UTF-8,
 * ended by LF or CR LF. Blank lines are passed over. Streamed, never held whole.
 *
 * <p>Plain rows are encoded where they lie. Whatever else a line may hold is for the library to
 * read, which would read plain rows to the same bets: rows with quotes, and those that are no bets,
 * to say why.
 *
 * <p>Each row begins one line after the row or blank line before it: a field with a line break in
 * it is no field of a bet.
 *
 * <p>The library is given Latin-1, in which every byte is a character, and each field is then
 * decoded as UTF-8 by itself: so it is known in which row and field the bytes are that are not.
 */
final class CsvBets implements BetSource {
  /** The longest row: a quote that is never closed is found before the whole file is held. */
  static final int ROW_BYTES_MAX = 1 << 16;

  private static final int FIELDS = 5;

  private final int agency;
  private final Path file;
  private final RowBuffer rows;

  /** What the library reads at present: one line, or all that is left of the file. */
  private Iterator<CsvRecord> records = Collections.emptyIterator();

  /** The line of the row that was read last, from 1. */
  private long line;

  private CsvBets(int agency, Path file, RowBuffer rows) {
    this.agency = agency;
    this.file = file;
    this.rows = rows;
  }

  static CsvBets open(int agency, Path file) throws IOException, BadRowException {
    RowBuffer rows = RowBuffer.open(file);
    try {
      if (rows.startsWithByteOrderMark()) {
        throw BadRowException.ofFile(
            file, 1, "-", "starts with a byte order mark (BOM): save the file as UTF-8 without it");
      }
      return new CsvBets(agency, file, rows);
    } catch (IOException failed) {
      rows.close();
      throw new BetsUnreadableException(file, failed);
    } catch (BadRowException noBets) {
      rows.close();
      throw noBets;
    }
  }

  @Override
  public boolean next(EncodedBet bet) throws IOException, BadRowException {
    try {
      while (true) {
        if (records.hasNext()) {
          CsvRecord record = records.next();
          line++;
          if (!isBlank(record)) {
            bet.set(bet(record));
            return true;
          }
        } else if (rows.takePlain(bet)) {
          line++;
          return true;
        } else if (rows.isAtEnd()) {
          return false;
        } else {
          records = read();
        }
      }
    } catch (CsvParseException unparsable) {
      throw BadRowException.ofFile(
          file, line + 1, "-", "cannot be parsed: " + unparsable.getMessage());
    } catch (UncheckedIOException failed) {
      throw new BetsUnreadableException(file, failed);
    } catch (IOException failed) {
      throw new BetsUnreadableException(file, failed);
    }
  }

  /**
   * What the next line holds; if that is not clear from the line alone, then from all that follows.
   */
  private Iterator<CsvRecord> read() throws IOException {
    byte[] next = rows.line();
    if (next.length > 0) {
      try {
        List<CsvRecord> all = reader(new ByteArrayInputStream(next)).stream().toList();
        rows.pass(next.length);
        return all.iterator();
      } catch (CsvParseException unclear) {
        // A quote that the line does not close, or no row at all.
      }
    }
    return reader(rows.rest()).iterator();
  }

  /** Rows, blank lines among them, with as many fields as they have. */
  private static CsvReader<CsvRecord> reader(InputStream in) {
    return CsvReader.builder()
        .skipEmptyLines(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .maxBufferSize(ROW_BYTES_MAX)
        .build(
            CsvRecordHandler.builder()
                .maxFieldSize(ROW_BYTES_MAX)
                .maxRecordSize(ROW_BYTES_MAX)
                .build(),
            new InputStreamReader(in, StandardCharsets.ISO_8859_1));
  }

  private static boolean isBlank(CsvRecord row) {
    return row.getFieldCount() == 1 && row.getField(0).isEmpty();
  }

  private Bet bet(CsvRecord row) throws BadRowException {
    if (row.getFieldCount() != FIELDS) {
      throw BadRowException.ofFile(
          file, line, "-", "has %d fields, not %d".formatted(row.getFieldCount(), FIELDS));
    }
    try {
      return Bet.parse(
          agency,
          field(row, 0, Bet.Field.NOMBRE),
          field(row, 1, Bet.Field.APELLIDO),
          field(row, 2, Bet.Field.DOCUMENTO),
          field(row, 3, Bet.Field.NACIMIENTO),
          field(row, 4, Bet.Field.NUMERO));
    } catch (InvalidBetException invalid) {
      throw BadRowException.ofFile(file, line, invalid.field().toString(), invalid.reason());
    }
  }

  private String field(CsvRecord row, int column, Bet.Field field) throws BadRowException {
    String bytes = row.getField(column);
    if (isAscii(bytes)) {
      return bytes;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException _) {
      throw BadRowException.ofFile(file, line, field.toString(), "is not UTF-8");
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double part() throws IOException {
    return rows.taken();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
