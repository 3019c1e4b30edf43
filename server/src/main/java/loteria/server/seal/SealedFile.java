package loteria.server.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.ReadableStorage;
import loteria.journal.Storage;
import loteria.journal.StorageFullException;
import loteria.lottery.AgencyState;
import loteria.lottery.Count;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * The file of the sealed bets: the rows of all agencies, in the order of agencies and of each
 * agency's own file. Its bytes, and so its hash, are a function of the agencies' files alone,
 * whatever happened while they were uploaded.
 *
 * <p>It gets its name only when it is complete and durable. The thread that calls reads and writes;
 * a second one hashes the same bytes ({@link Hashing}).
 */
public final class SealedFile {
  private static final int BUFFER_BYTES = 1 << 19;

  private SealedFile() {}

  /**
   * Writes the file, and gives it its name. A file that has that name already, which a crash leaves
   * between the two and the word in the journal, is left as it is.
   *
   * @param lottery is complete, and does not change any more
   * @param positions of its batches among the records
   * @throws BrokenSealException if that file is another: it is not ours
   * @throws StorageFullException if there is no room to write it: then nothing of it is left
   */
  public static Seal write(
      Directory directory, Lottery lottery, Positions positions, Records records)
      throws IOException {
    Seal seal;
    try (Storage storage = directory.open(DataDirectory.BETS_UNFINISHED);
        Writer writer = new Writer(storage)) {
      storage.truncate(0);
      for (int agency = 1; agency <= lottery.agencies(); agency++) {
        write(agency, lottery.state(agency), positions, records, writer);
      }
      seal = new Seal(lottery.bets(), writer.finish(), lottery.closed());
    } catch (StorageFullException full) {
      if (directory.has(DataDirectory.BETS_UNFINISHED)) {
        directory.delete(DataDirectory.BETS_UNFINISHED); // others need the room: the log, for one
      }
      throw new StorageFullException(DataDirectory.BETS + ": " + full.getMessage(), full);
    }
    if (directory.has(DataDirectory.BETS)) {
      directory.delete(DataDirectory.BETS_UNFINISHED);
      requireOurs(directory, seal);
    } else {
      directory.rename(DataDirectory.BETS_UNFINISHED, DataDirectory.BETS);
    }
    return seal;
  }

  /**
   * Writes the file once more, of bets that were sealed.
   *
   * @throws BrokenSealException if it is not what was sealed
   */
  public static Seal restore(
      Directory directory, Lottery lottery, Positions positions, Records records, Seal seal)
      throws IOException {
    Seal again = write(directory, lottery, positions, records);
    if (!again.equals(seal)) {
      throw BrokenSealException.of(seal, again.sha256());
    }
    return again;
  }

  /** Writes the rows of an agency, which must be those that were acknowledged. */
  private static void write(
      int agency, AgencyState stored, Positions positions, Records records, Writer writer)
      throws IOException {
    AgencyState read = AgencyState.NEW;
    for (int i = 0; i < positions.count(agency); i++) {
      Rows rows = rows(records, agency, positions.position(agency, i));
      read = read.with(rows.count(), rows.checksum(), rows.length());
      writer.write(rows);
    }
    if (read.next() != stored.next() || read.checksum() != stored.checksum()) {
      throw new IOException(
          "the journal has %s of agency %d of checksum %08x, and had %d of checksum %08x"
              .formatted(
                  Count.of(read.next(), "bet"),
                  agency,
                  read.checksum(),
                  stored.next(),
                  stored.checksum()));
    }
  }

  /** The rows of a batch in the journal: the frame's checksum holds, as it did when it came. */
  static Rows rows(Records records, int agency, long position) throws IOException {
    if (FrameReader.decode(records.read(agency, position)) instanceof FrameReader.Whole whole
        && whole.decodeAccepted() instanceof Message.Batch batch) {
      return batch.rows();
    }
    throw new IOException("the journal's record at %d is no batch any more".formatted(position));
  }

  private static void requireOurs(Directory directory, Seal seal) throws IOException {
    String found = sha256(directory);
    if (!found.equals(seal.sha256())) {
      throw BrokenSealException.notOurs(seal, found);
    }
  }

  private static String sha256(Directory directory) throws IOException {
    try (ReadableStorage storage = directory.openToRead(DataDirectory.BETS);
        Hashing hashing = new Hashing()) {
      return read(storage, hashing, (_, _, to) -> to);
    }
  }

  /**
   * Holds the draw over the sealed file, which must be what was sealed.
   *
   * @throws BrokenSealException if it is not: then nobody has won yet
   */
  public static Winners draw(Directory directory, Seal seal, int number) throws IOException {
    Draw draw = new Draw(number);
    try (ReadableStorage storage = directory.openToRead(DataDirectory.BETS);
        Hashing hashing = new Hashing()) {
      requireSealed(seal, read(storage, hashing, draw::take));
    } catch (IllegalArgumentException noRows) {
      // They may be none because they are not what was sealed.
      requireSealed(seal, sha256(directory));
      throw new IOException("%s: %s".formatted(DataDirectory.BETS, noRows.getMessage()), noRows);
    }
    Winners winners = draw.winners();
    assert winners.bets() == seal.bets() : winners.bets();
    return winners;
  }

  private static void requireSealed(Seal seal, String found) throws BrokenSealException {
    if (!found.equals(seal.sha256())) {
      throw BrokenSealException.of(seal, found);
    }
  }

  /** Takes some bytes, from an index to another; returns up to where it has taken them. */
  @FunctionalInterface
  private interface Taker {
    int take(byte[] bytes, int from, int to);
  }

  /** Shows the whole file to a taker while it is hashed; the SHA-256 of its bytes. */
  private static String read(ReadableStorage storage, Hashing hashing, Taker taker)
      throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    byte[] other = new byte[BUFFER_BYTES];
    long position = 0;
    int left = 0; // bytes at the beginning that were hashed, and not taken
    while (true) {
      int read = storage.read(ByteBuffer.wrap(bytes, left, bytes.length - left), position);
      if (read <= 0) {
        return hashing.digest();
      }
      position += read;
      hashing.update(bytes, left, read);
      int to = left + read;
      int taken = taker.take(bytes, 0, to);
      left = to - taken;
      hashing.awaitAllButLast();
      System.arraycopy(bytes, taken, other, 0, left);
      byte[] next = other;
      other = bytes;
      bytes = next;
    }
  }

  /** Lays rows one after the other: the bytes that were laid last are hashed meanwhile. */
  private static final class Writer implements AutoCloseable {
    private final Storage storage;
    private final Hashing hashing = new Hashing();
    private byte[] bytes = new byte[BUFFER_BYTES];
    private byte[] other = new byte[BUFFER_BYTES];
    private ByteBuffer filled = ByteBuffer.wrap(bytes);
    private long position;

    Writer(Storage storage) {
      this.storage = storage;
    }

    void write(Rows rows) throws IOException {
      if (filled.remaining() < rows.length()) {
        turnOver();
      }
      rows.putInto(filled);
    }

    private void turnOver() throws IOException {
      hashing.update(bytes, 0, filled.position());
      position += filled.position();
      storage.writeWhole(filled.flip(), position - filled.limit());
      hashing.awaitAllButLast();
      byte[] next = other;
      other = bytes;
      bytes = next;
      filled = ByteBuffer.wrap(bytes);
    }

    /** Makes the file durable; the SHA-256 of its bytes. */
    String finish() throws IOException {
      turnOver();
      storage.sync();
      return hashing.digest();
    }

    @Override
    public void close() {
      hashing.close();
    }
  }
}
