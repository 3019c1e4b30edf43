package loteria.tool;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import loteria.lottery.BetRow;
import loteria.lottery.Csv;
import loteria.runtime.GzipInput;
import org.jspecify.annotations.Nullable;

/**
 * All rows of an agency's file, gzip or not: those that are bets as the central would have them,
 * and for each other one the field and the reason. Streamed, never held whole. For one thread.
 *
 * <p>The library is given Latin-1, in which every byte is a character, and each field is then
 * decoded as UTF-8 by itself: so it is known in which row and field the bytes are that are not.
 */
final class CheckedRows {
  /** The longest row of a file. */
  private static final int ROW_BYTES_MAX = 1 << 16;

  private static final List<BetRow.Field> NAMES = List.of(BetRow.Field.values());
  private static final int FIELDS = NAMES.size();
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Any agency's: a row of a file does not say whose it is. */
  private static final int AGENCY = 1;

  private final BetRow rules = new BetRow(AGENCY);
  private final Visitor visitor;
  private long line = 1;
  private boolean begun;

  private CheckedRows(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Is shown the rows of a file in their order. */
  interface Visitor {
    /** A bet's row, laid canonically. */
    void bet(long line, byte[] row);

    /**
     * A row that is none, or what ends the file too early.
     *
     * @param line from 1
     * @param flaw the field, if it is one, and the reason
     */
    void bad(long line, BetRow.Flaw flaw);
  }

  /**
   * Reads a file to its end.
   *
   * @throws IOException if it cannot be read
   */
  static void read(Path file, Visitor visitor) throws IOException {
    CheckedRows rows = new CheckedRows(visitor);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), ROW_BYTES_MAX)) {
      byte[] start = start(bytes);
      boolean gzip = start.length > 1 && (start[0] << 8 | start[1]) == (short) GZIP_MAGIC;
      rows.read(
          gzip || file.toString().endsWith(".gz")
              ? new BufferedInputStream(new GzipInput(bytes, ROW_BYTES_MAX))
              : bytes);
    } catch (CsvParseException unclear) {
      boolean quote = String.valueOf(unclear.getMessage()).contains("quote");
      String reason =
          quote
              ? "a quote opens here and is not closed"
              : "a row of more than 64 KiB begins here: is there a quote that is not closed?";
      visitor.bad(rows.line, new BetRow.Flaw(null, reason));
    } catch (UncheckedIOException failed) {
      throw unreadable(file, Objects.requireNonNull(failed.getCause(), "it has one"));
    } catch (EOFException | ZipException failed) {
      throw unreadable(file, failed);
    }
  }

  private static IOException unreadable(Path file, IOException why) {
    return switch (why) {
      case EOFException _ -> new IOException(file + ": is truncated: its gzip data end too early");
      case ZipException _ -> new IOException(file + ": is no valid gzip data: " + why.getMessage());
      default -> why;
    };
  }

  private static byte[] start(InputStream bytes) throws IOException {
    bytes.mark(4);
    byte[] start = bytes.readNBytes(4);
    bytes.reset();
    return start;
  }

  private void read(InputStream text) throws IOException {
    Optional<String> encoding = encoding(start(text));
    if (encoding.isPresent()) {
      visitor.bad(1, new BetRow.Flaw(null, encoding.get()));
      return;
    }
    Iterator<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(ROW_BYTES_MAX)
            .build(
                CsvRecordHandler.builder()
                    .maxFields(ROW_BYTES_MAX)
                    .maxFieldSize(ROW_BYTES_MAX)
                    .maxRecordSize(ROW_BYTES_MAX)
                    .build(),
                new InputStreamReader(text, StandardCharsets.ISO_8859_1))
            .iterator();
    while (records.hasNext()) {
      CsvRecord record = records.next();
      line = record.getStartingLineNumber();
      if (record.getFieldCount() > 1 || !record.getField(0).isEmpty()) {
        take(record);
        begun = true;
      }
      line++;
    }
  }

  /** Why the file is no UTF-8 as it should be, by its first bytes. */
  private static Optional<String> encoding(byte[] start) {
    if (start.length >= 3 && start[0] == (byte) 0xef && start[1] == (byte) 0xbb) {
      return Optional.of("starts with a byte order mark (BOM): save the file as UTF-8 without it");
    }
    boolean utf16 =
        start.length == 4
            && ((start[0] | start[2]) == 0
                || (start[1] | start[3]) == 0
                || (start[0] & start[1] & 0xff) == 0xfe);
    return utf16 ? Optional.of("looks like UTF-16: save the file as UTF-8") : Optional.empty();
  }

  private void take(CsvRecord record) {
    if (record.getFieldCount() != FIELDS) {
      bad(null, "has %d fields, not %d".formatted(record.getFieldCount(), FIELDS) + hint(record));
      return;
    }
    List<byte[]> fields =
        record.getFields().stream()
            .map(field -> field.getBytes(StandardCharsets.ISO_8859_1))
            .toList();
    for (int i = 0; i < FIELDS; i++) {
      if (!isUtf8(fields.get(i))) {
        bad(NAMES.get(i), "is not UTF-8");
        return;
      }
    }
    byte[] row = Csv.row(AGENCY, fields);
    if (rules.check(row, 0, row.length) == row.length) {
      visitor.bet(line, row);
    } else {
      BetRow.Flaw flaw = rules.flaw(row, 0, row.length);
      bad(flaw.field(), flaw.reason() + hint(record));
    }
  }

  private void bad(BetRow.@Nullable Field field, String reason) {
    visitor.bad(line, new BetRow.Flaw(field, reason));
  }

  private static boolean isUtf8(byte[] field) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** What a row that is no bet looks like; empty if like nothing that is known. */
  private String hint(CsvRecord record) {
    String first = record.getField(0);
    if (record.getFieldCount() == 1) {
      for (char separator : new char[] {';', '\t'}) {
        if (first.chars().filter(character -> character == separator).count() >= FIELDS - 1) {
          return ": it is separated by %s: save it with commas"
              .formatted(separator == ';' ? "';'" : "tabs");
        }
      }
    }
    boolean digits =
        record.getFields().stream().anyMatch(field -> field.chars().anyMatch(Character::isDigit));
    return begun || digits ? "" : ": is this a header?";
  }
}
