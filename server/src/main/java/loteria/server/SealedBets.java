package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import loteria.journal.Storage;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import loteria.protocol.BetsCsv;

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
      }
      count += bets.count();
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
   * Holds the draw over the sealed file, once it is known to be what was sealed.
   *
   * @throws BrokenSealException if it is not: then nobody has won yet
   */
  static Winners draw(Directory directory, Seal seal, int number) throws IOException {
    try (Storage storage = directory.open(NAME)) {
      String actual = sha256(storage);
      if (!actual.equals(seal.sha256())) {
        throw BrokenSealException.of(seal, actual);
      }
      Winners winners = draw(storage, number);
      assert winners.bets() == seal.bets() : winners.bets();
      return winners;
    }
  }

  private static String sha256(Storage storage) throws IOException {
    MessageDigest sha256 = newSha256();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    long position = 0;
    for (int read = storage.read(bytes, 0); read > 0; read = storage.read(bytes, position)) {
      position += read;
      sha256.update(bytes.flip());
      bytes.clear();
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static Winners draw(Storage storage, int number) throws IOException {
    Draw draw = new Draw(number);
    ByteBuffer rows = ByteBuffer.allocate(BUFFER_BYTES);
    long position = 0;
    for (int read = storage.read(rows, 0); read > 0; read = storage.read(rows, position)) {
      position += read;
      rows.flip().position(draw.take(rows.array(), 0, rows.limit()));
      rows.compact();
    }
    return draw.finish();
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
