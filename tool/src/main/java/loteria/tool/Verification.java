package loteria.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import loteria.journal.DataDirectory;
import loteria.journal.FileStorage;
import loteria.journal.Recovery;
import loteria.journal.Storage;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a data directory in which all agrees: the journal with the rules, the sealed
 * file with the journal, the seal with the sealed file, and the draw with both.
 *
 * <pre>
 *   journal  --------- layout ----------|--- rules, rows compared, winners counted ---|
 *   bets.csv --------------- sha256, by a thread of its own ------------- |
 * </pre>
 *
 * @param journal what a central that starts now would find
 * @param replay the lottery that the journal tells
 * @param sealed the sealed file, if it is there
 */
record Verification(Recovery journal, Replay replay, Optional<SealedFile> sealed) {
  private static final int BUFFER_BYTES = 1 << 18;

  /**
   * What is known of a lottery from elsewhere, such as the central's log or what was made public. A
   * file that is cut after all have finished is still the file of some lottery: that this one went
   * further can only be known by someone who was told.
   *
   * @param sha256 the hash of the sealed file, in lower case
   * @param number what was drawn
   */
  record Public(Optional<String> sha256, OptionalInt number) {
    static final Public NOTHING = new Public(Optional.empty(), OptionalInt.empty());
  }

  /**
   * A sealed file that has the journal's bets.
   *
   * @param winners by the number that was drawn; nobody if none was
   */
  record SealedFile(long rows, long bytes, String sha256, Winners winners) {}

  /**
   * Checks a data directory, changing nothing. A central may hold it meanwhile.
   *
   * @param agencies how many the lottery has, if that is known
   * @throws DisagreementException naming the first offset at which something is not as it should be
   * @throws IOException if a file cannot be read, or is damaged
   */
  static Verification of(Path directory, OptionalInt agencies, Public known) throws IOException {
    Path bets = directory.resolve(DataDirectory.BETS);
    // Before the journal is read: a file that is there now was written when all had finished, and
    // the journal must say so. One that appears later may be younger than what is read.
    boolean present = Files.exists(bets);
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try (JournalFile journal = JournalFile.in(directory)) {
      @Nullable Future<String> hash = present ? beside.submit(() -> sha256(bets)) : null;
      Layout layout = new Layout();
      Recovery found = journal.readRecords(layout::take);
      OptionalInt told = agencies.isPresent() ? agencies : layout.told;
      Replay replay = new Replay(told, layout.highest);
      if (!present && !layout.sealed) {
        journal.read(replay::take);
        replay.check(known, found.keptBytes());
        return new Verification(found, replay, Optional.empty());
      }
      if (!Files.exists(bets)) {
        journal.read(replay::take);
        checkEnd(replay, found, known);
        throw new DisagreementException(
            DataDirectory.BETS,
            0,
            "there is no such file, and the journal says that it was sealed");
      }
      if (hash == null) {
        hash = beside.submit(() -> sha256(bets));
      }
      try (Storage file = FileStorage.openToRead(bets)) {
        Comparison comparison = new Comparison(file, layout);
        journal.read(entry -> {
          replay.take(entry);
          comparison.take(entry);
        });
        checkEnd(replay, found, known);
        comparison.check();
        SealedFile sealed =
            new SealedFile(
                replay.lottery().bets(), layout.size(), result(hash), comparison.draw.winners());
        checkSealAndDraw(replay, sealed);
        return new Verification(found, replay, Optional.of(sealed));
      }
    } finally {
      beside.shutdownNow();
    }
  }

  private static void checkEnd(Replay replay, Recovery found, Public known)
      throws DisagreementException {
    replay.check(known, found.keptBytes());
    if (!replay.isComplete()) {
      throw new DisagreementException(
          DataDirectory.JOURNAL,
          found.keptBytes(),
          "it ends before all agencies have finished or were closed, and yet there is a "
              + DataDirectory.BETS);
    }
  }

  private static void checkSealAndDraw(Replay replay, SealedFile file)
      throws DisagreementException {
    Optional<Lottery.Sealed> sealed = replay.lottery().sealed();
    if (sealed.isPresent()) {
      Seal seal = sealed.get().seal();
      if (seal.bets() != file.rows() || !seal.sha256().equals(file.sha256())) {
        throw replay
            .sealEntry()
            .wrong(
                "a seal of %d bets and SHA-256 %s, where %s has %d and %s"
                    .formatted(
                        seal.bets(),
                        seal.sha256(),
                        DataDirectory.BETS,
                        file.rows(),
                        file.sha256()));
      }
    }
    Optional<Lottery.Drawn> drawn = replay.lottery().drawn();
    if (drawn.isPresent() && drawn.get().winners() != file.winners().total()) {
      throw replay
          .drawEntry()
          .wrong(
              "a draw of %d with %d winners, where %s has %d"
                  .formatted(
                      drawn.get().number(),
                      drawn.get().winners(),
                      DataDirectory.BETS,
                      file.winners().total()));
    }
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static String result(Future<String> hash) throws IOException {
    try {
      return hash.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the sealed file was read", interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException unread ? unread : new IOException(failed);
    }
  }

  /**
   * Where the rows of each agency are in the sealed file that a journal calls for: those of agency
   * 1, then those of agency 2, and so on; and what else has to be known before the journal is
   * judged. Two numbers an agency. It judges nothing: what is no entry is passed over.
   */
  private static final class Layout {
    private final long[] bytes = new long[Lottery.AGENCIES_MAX + 1];
    private final long[] rows = new long[Lottery.AGENCIES_MAX + 1];
    private int highest;
    private OptionalInt told = OptionalInt.empty();
    private OptionalInt number = OptionalInt.empty();
    private boolean sealed;

    void take(long offset, ByteBuffer record) {
      Optional<Rows.Kept> batch = Rows.kept(record);
      if (batch.isPresent()) {
        int agency = batch.get().agency();
        bytes[agency] += batch.get().rows().remaining();
        rows[agency] += batch.get().count();
        highest = Math.max(highest, agency);
        return;
      }
      switch (JournalFile.Entry.of(DataDirectory.JOURNAL, offset, record).content()) {
        case Message.Finish finish -> highest = Math.max(highest, finish.agency());
        case Message.Closed closed -> highest = Math.max(highest, closed.agency());
        case Message.Announced announced -> told = OptionalInt.of(announced.agencies());
        case Message.Sealed _ -> sealed = true;
        case Message.Drawn drawn -> number = OptionalInt.of(drawn.number());
        default -> {
          // No entry, which is said when the journal is judged.
        }
      }
    }

    /** How many bytes the file has. */
    long size() {
      long size = 0;
      for (long agency : bytes) {
        size += agency;
      }
      return size;
    }

    /** What precedes each agency's first. */
    private static long[] before(long[] lengths) {
      long[] starts = new long[lengths.length];
      for (int agency = 1; agency < lengths.length; agency++) {
        starts[agency] = starts[agency - 1] + lengths[agency - 1];
      }
      return starts;
    }
  }

  /**
   * Compares a sealed file, range by range, with the rows of a journal. The journal is taken in its
   * own order, in which agencies alternate: each one's rows are looked for where its last ones
   * ended. It also holds the draw.
   */
  private static final class Comparison {
    private final Storage file;
    private final long size;
    private final long[] offsets;
    private final long[] rows;
    private final long[] rowsBefore;
    private final Draw draw;
    private final boolean drawn;
    private final byte[] bytes = new byte[Frame.BYTES_MAX];
    private long firstOffset = Long.MAX_VALUE;
    private String first = "";

    Comparison(Storage file, Layout layout) {
      this.file = file;
      this.size = layout.size();
      this.offsets = Layout.before(layout.bytes);
      this.rows = Layout.before(layout.rows);
      this.rowsBefore = rows.clone();
      this.drawn = layout.number.isPresent();
      this.draw = new Draw(layout.number.orElse(Draw.NUMBER));
    }

    /** Takes an entry of the journal that the rules have taken; only batches matter. */
    void take(JournalFile.Entry entry) throws IOException {
      if (!(entry.content() instanceof Message.Batch batch)) {
        return;
      }
      ByteBuffer expected = Rows.kept(entry.record()).orElseThrow().rows();
      int agency = batch.agency();
      int length = expected.remaining();
      ByteBuffer found = ByteBuffer.wrap(bytes, 0, length);
      readInto(found, offsets[agency]);
      int same = found.flip().mismatch(expected);
      if (same < 0) {
        if (drawn) {
          draw.take(bytes, 0, length);
        }
      } else if (offsets[agency] + same < firstOffset) {
        firstOffset = offsets[agency] + same;
        first = difference(entry, batch.agency(), expected, same, same == found.limit());
      }
      offsets[agency] += length;
      rows[agency] += batch.rows().count();
    }

    private void readInto(ByteBuffer into, long from) throws IOException {
      long at = from;
      while (into.hasRemaining()) {
        int read = file.read(into, at);
        if (read <= 0) {
          break; // the file ends too early
        }
        at += read;
      }
    }

    private String difference(
        JournalFile.Entry entry, int agency, ByteBuffer expected, int same, boolean ends) {
      long row = rows[agency];
      for (int i = 0; i < same; i++) {
        row += expected.get(i) == '\n' ? 1 : 0;
      }
      return (ends ? "the file ends, where row %d should be" : "row %d is not").formatted(row + 1)
          + " bet %d of agency %d, which the journal has in its record at offset %d"
              .formatted(row - rowsBefore[agency], agency, entry.offset());
    }

    /**
     * To be asked after the journal's last entry.
     *
     * @throws DisagreementException naming the first byte that is not as it should be
     */
    void check() throws IOException {
      if (!first.isEmpty()) {
        throw new DisagreementException(DataDirectory.BETS, firstOffset, first);
      }
      if (file.size() > size) {
        throw new DisagreementException(
            DataDirectory.BETS,
            size,
            "%d bytes more than the journal has bets for".formatted(file.size() - size));
      }
    }
  }
}
