package loteria.server;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import loteria.journal.Storage;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;

/**
 * The file of the sealed bets, in the order of agencies and of each agency's own file. Its bytes,
 * and so its hash, are a function of the agencies' files alone, whatever happened while they were
 * uploaded.
 *
 * <p>It gets its name only when it is complete and durable. For one thread.
 */
public final class SealedBets {
  /** The file in the data directory. */
  public static final String NAME = "bets.csv";

  private static final String UNFINISHED_NAME = "bets.csv.unfinished";
  private static final int BUFFER_BYTES = 1 << 16;

  private SealedBets() {}

  /**
   * Where the bets to be sealed come from: calls the writer with each batch, in the order of the
   * file.
   */
  @FunctionalInterface
  interface Source {
    void writeTo(Writer writer) throws IOException;
  }

  /** Writes the file, and gives it its name. */
  static Seal write(Directory directory, Source source) throws IOException {
    Seal seal;
    try (Storage storage = directory.open(UNFINISHED_NAME)) {
      storage.truncate(0);
      Writer writer = new Writer(storage);
      source.writeTo(writer);
      seal = writer.finish();
    }
    directory.rename(UNFINISHED_NAME, NAME);
    return seal;
  }

  /** Lays rows one after the other, counting and hashing them. */
  static final class Writer {
    private final Storage storage;
    private final MessageDigest sha256 = newSha256();
    private final ByteBuffer rows = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;
    private long count;

    private Writer(Storage storage) {
      this.storage = storage;
    }

    void write(int agency, Bets bets) throws IOException {
      BetCursor cursor = bets.cursor();
      while (cursor.next()) {
        if (rows.remaining() < BetsCsv.ROW_BYTES_MAX) {
          flush();
        }
        BetsCsv.putRow(agency, cursor, rows);
        count++;
      }
    }

    private Seal finish() throws IOException {
      flush();
      storage.sync();
      return new Seal(count, HexFormat.of().formatHex(sha256.digest()));
    }

    private void flush() throws IOException {
      rows.flip();
      sha256.update(rows.duplicate());
      while (rows.hasRemaining()) {
        position += storage.write(rows, position);
      }
      rows.clear();
    }
  }

  /**
   * Holds the draw over the sealed file, in one pass that also checks that it is what was sealed.
   *
   * @throws BrokenSealException if it is not: then nobody has won yet
   */
  static Winners draw(Directory directory, Seal seal, int number) throws IOException {
    try (Storage storage = directory.open(NAME);
        DigestInputStream in = new DigestInputStream(new StorageInput(storage), newSha256());
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      Rows rows = new Rows(reader.iterator());
      Winners winners;
      try {
        winners = Draw.hold(rows, number);
      } catch (IllegalArgumentException | CsvParseException unreadable) {
        throw BrokenSealException.of(seal, digest(in), unreadable);
      } catch (UncheckedIOException failed) {
        if (failed.getCause() instanceof CharacterCodingException unreadable) {
          throw BrokenSealException.of(seal, digest(in), unreadable);
        }
        throw failed.getCause();
      }
      String actual = digest(in);
      if (rows.count != seal.bets() || !actual.equals(seal.sha256())) {
        throw BrokenSealException.of(seal, rows.count, actual);
      }
      return winners;
    }
  }

  /** The SHA-256 of all that comes in, what was read already included. */
  private static String digest(DigestInputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }

  /** The counterpart of the course's {@code load_bets}. */
  private static final class Rows implements Iterator<Bet> {
    private final Iterator<CsvRecord> records;
    private long count;

    Rows(Iterator<CsvRecord> records) {
      this.records = records;
    }

    @Override
    public boolean hasNext() {
      return records.hasNext();
    }

    @Override
    public Bet next() {
      CsvRecord row = records.next();
      count++;
      if (row.getFieldCount() != 6) {
        throw new IllegalArgumentException(
            "row %d has %d fields, not 6".formatted(count, row.getFieldCount()));
      }
      return Bet.parse(
          agency(row.getField(0)),
          row.getField(1),
          row.getField(2),
          row.getField(3),
          row.getField(4),
          row.getField(5));
    }
  }

  private static int agency(String text) {
    int agency = Integer.parseInt(text);
    if (agency < 1 || agency > Lottery.AGENCIES_MAX) {
      throw new IllegalArgumentException(
          "agency %d is not 1 to %d".formatted(agency, Lottery.AGENCIES_MAX));
    }
    return agency;
  }

  /** A storage read from its beginning to its end. */
  private static final class StorageInput extends InputStream {
    private final Storage storage;
    private long position;

    StorageInput(Storage storage) {
      this.storage = storage;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = storage.read(ByteBuffer.wrap(into, from, length), position);
      position += Math.max(read, 0);
      return read;
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it: java.security.MessageDigest.
      throw new AssertionError(impossible);
    }
  }
}
