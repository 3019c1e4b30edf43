package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.Storage;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.BetCursor;
import loteria.protocol.BetsCsv;
import loteria.protocol.Message;

/**
 * The file of the sealed bets, in the order of agencies and of each agency's own file. Its bytes,
 * and so its hash, are a function of the agencies' files alone, whatever happened while they were
 * uploaded.
 *
 * <p>It gets its name only when it is complete and durable. For one thread, which has a second make
 * the rows while it writes.
 */
public final class SealedBets {
  /** The file in the data directory. */
  public static final String NAME = DataDirectory.BETS;

  private static final String UNFINISHED_NAME = DataDirectory.BETS_UNFINISHED;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Batches that are made into rows together: enough that the handing over is no matter. */
  private static final int GROUP_MAX = 32;

  /** What their rows mostly take; at the most it is a few times that. */
  private static final int ROWS_BYTES = 1 << 19;

  private static final ThreadFactory FORMATTER = Thread.ofPlatform().name("formatter").factory();

  private SealedBets() {}

  /**
   * Where the bets to be sealed come from: calls the writer with each batch, in the order of the
   * file.
   */
  @FunctionalInterface
  interface Source {
    void writeTo(Writer writer) throws IOException;
  }

  /** A batch to be sealed, as it is kept. */
  @FunctionalInterface
  interface Kept {
    /** Checks and decodes it, which takes no file. */
    Message.Batch decode() throws IOException;
  }

  /**
   * Writes the file, and gives it its name. A file that has that name already, which a crash leaves
   * between the two and the word in the journal, is left as it is.
   *
   * @throws BrokenSealException if that file is another: it is not ours
   */
  static Seal write(Directory directory, Source source) throws IOException {
    Seal seal;
    try (Storage storage = directory.open(UNFINISHED_NAME);
        ExecutorService formatter = Executors.newSingleThreadExecutor(FORMATTER)) {
      storage.truncate(0);
      Writer writer = new Writer(storage, formatter);
      source.writeTo(writer);
      seal = writer.finish();
    }
    if (directory.has(NAME)) {
      directory.delete(UNFINISHED_NAME);
      requireOurs(directory, seal);
    } else {
      directory.rename(UNFINISHED_NAME, NAME);
    }
    return seal;
  }

  private static void requireOurs(Directory directory, Seal seal) throws IOException {
    try (Storage storage = directory.openToRead(NAME)) {
      String found = sha256(storage);
      if (!found.equals(seal.sha256())) {
        throw BrokenSealException.notOurs(seal, found);
      }
    }
  }

  /**
   * Lays rows one after the other, counting and hashing them.
   *
   * <p>While one group of batches is made into rows by the formatter, the rows of the group before
   * are hashed and written, and the group after is read, by the thread that calls: it alone uses
   * files, in an order that depends on nothing but the journal.
   */
  static final class Writer {
    private final Storage storage;
    private final ExecutorService formatter;
    private final MessageDigest sha256 = newSha256();
    private List<Kept> group = new ArrayList<>();
    private Future<Rows> before = CompletableFuture.completedFuture(new Rows());
    private Rows free = new Rows();
    private long position;
    private long count;

    private Writer(Storage storage, ExecutorService formatter) {
      this.storage = storage;
      this.formatter = formatter;
    }

    /** Takes the next batch; a broken one may be told by a later call. */
    void write(Kept batch) throws IOException {
      group.add(batch);
      if (group.size() == GROUP_MAX) {
        turnOver();
      }
    }

    private Seal finish() throws IOException {
      turnOver();
      turnOver();
      storage.sync();
      return new Seal(count, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Has the group made into rows, and writes those of the group before. */
    private void turnOver() throws IOException {
      Rows into = free;
      List<Kept> batches = group;
      Future<Rows> next = formatter.submit(() -> into.set(batches));
      free = made(before);
      before = next;
      group = new ArrayList<>(GROUP_MAX);
      ByteBuffer bytes = free.bytes.flip();
      sha256.update(bytes.duplicate());
      storage.writeWhole(bytes, position);
      position += bytes.limit();
      count += free.count;
    }

    private static Rows made(Future<Rows> rows) throws IOException {
      try {
        return rows.get();
      } catch (InterruptedException impossible) {
        throw new AssertionError("nobody interrupts the ledger's thread", impossible);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof IOException broken) {
          throw new IOException(broken.getMessage(), broken);
        }
        throw new AssertionError("decoding and formatting cannot fail otherwise", failed);
      }
    }
  }

  /** The rows of a group of batches. Handed to and fro: one thread at a time. */
  private static final class Rows {
    private ByteBuffer bytes = ByteBuffer.allocate(ROWS_BYTES);
    private long count;

    Rows set(List<Kept> batches) throws IOException {
      bytes.clear();
      count = 0;
      for (Kept kept : batches) {
        Message.Batch batch = kept.decode();
        BetCursor bet = batch.bets().cursor();
        while (bet.next()) {
          if (bytes.remaining() < BetsCsv.ROW_BYTES_MAX) {
            bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
          }
          BetsCsv.putRow(batch.agency(), bet, bytes);
        }
        count += batch.bets().count();
      }
      return this;
    }
  }

  /**
   * Holds the draw over the sealed file, once it is known to be what was sealed.
   *
   * @throws BrokenSealException if it is not: then nobody has won yet
   */
  static Winners draw(Directory directory, Seal seal, int number) throws IOException {
    try (Storage storage = directory.openToRead(NAME)) {
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
