package loteria.client;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;

/**
 * The bets of a file: rows of first name, last name, document, birth date and number, in UTF-8,
 * ended by LF or CR LF. Blank lines are passed over. Streamed, never held whole.
 *
 * <p>Each row begins one line after the row or blank line before it: a field with a line break in
 * it is no field of a bet.
 *
 * <p>The file is parsed as Latin-1, in which every byte is a character, and each field then decoded
 * as UTF-8 by itself: so it is known in which row and field the bytes are that are not.
 */
final class CsvBets implements BetSource {
  /** The longest row: a quote that is never closed is found before the whole file is held. */
  static final int ROW_BYTES_MAX = 1 << 16;

  private static final int FIELDS = 5;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final int agency;
  private final Path file;
  private final CloseableIterator<CsvRecord> rows;

  /** The line of the row that was read last, from 1. */
  private long line;

  private CsvBets(int agency, Path file, CloseableIterator<CsvRecord> rows) {
    this.agency = agency;
    this.file = file;
    this.rows = rows;
  }

  static CsvBets open(int agency, Path file) throws IOException, BadRowException {
    InputStream in;
    try {
      in = new BufferedInputStream(Files.newInputStream(file), ROW_BYTES_MAX);
    } catch (IOException failed) {
      throw new BetsUnreadableException(file, failed);
    }
    try {
      requireNoByteOrderMark(file, in);
      return new CsvBets(agency, file, reader(in).iterator());
    } catch (IOException failed) {
      in.close();
      throw new BetsUnreadableException(file, failed);
    } catch (BadRowException noBets) {
      in.close();
      throw noBets;
    }
  }

  private static void requireNoByteOrderMark(Path file, InputStream in)
      throws IOException, BadRowException {
    in.mark(BYTE_ORDER_MARK.length);
    byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
    in.reset();
    if (Arrays.equals(start, BYTE_ORDER_MARK)) {
      throw BadRowException.ofFile(
          file, 1, "-", "starts with a byte order mark (BOM): save the file as UTF-8 without it");
    }
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

  @Override
  public Optional<Bet> next() throws IOException, BadRowException {
    try {
      while (rows.hasNext()) {
        CsvRecord row = rows.next();
        line++;
        if (!isBlank(row)) {
          return Optional.of(bet(row));
        }
      }
      return Optional.empty();
    } catch (UncheckedIOException failed) {
      throw new BetsUnreadableException(file, failed);
    } catch (CsvParseException unparsable) {
      throw BadRowException.ofFile(
          file, line + 1, "-", "cannot be parsed: " + unparsable.getMessage());
    }
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
  public void close() throws IOException {
    rows.close();
  }
}
