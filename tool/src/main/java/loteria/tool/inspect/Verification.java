package loteria.tool.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import loteria.journal.DataDirectory;
import loteria.journal.FileStorage;
import loteria.journal.ReadableStorage;
import loteria.journal.Recovery;
import loteria.lottery.Count;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.protocol.Rows;

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
    FutureTask<String> hash = new FutureTask<>(() -> sha256(bets));
    try (JournalFile journal = JournalFile.in(directory)) {
      if (present) {
        Thread.ofPlatform().daemon().name("sha256").start(hash);
      }
      Layout layout = new Layout();
      Recovery found = journal.readRecords(layout::take);
      OptionalInt told = agencies.isPresent() ? agencies : layout.told;
      Replay replay = new Replay(told, layout.highest);
      boolean expected = present || layout.sealed;
      if (!expected || !Files.exists(bets)) {
        journal.read(replay::take);
        checkEnd(replay, found, known, expected);
        if (expected) {
          throw new IOException(
              bets
                  + ": there is no such file, and all agencies are done: a central that starts"
                  + " writes it again");
        }
        return new Verification(found, replay, Optional.empty());
      }
      try (ReadableStorage file = FileStorage.openToRead(bets)) {
        Comparison comparison = new Comparison(file, layout);
        journal.read(entry -> {
          replay.take(entry);
          comparison.take(entry);
        });
        checkEnd(replay, found, known, expected);
        comparison.check();
        SealedFile sealed =
            new SealedFile(
                replay.lottery().bets(), layout.size(), result(hash), comparison.draw.winners());
        checkSealAndDraw(replay, sealed);
        return new Verification(found, replay, Optional.of(sealed));
      }
    }
  }

  private static void checkEnd(Replay replay, Recovery found, Public known, boolean complete)
      throws DisagreementException {
    replay.check(known, found.keptBytes());
    if (complete && !replay.isComplete()) {
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
                "a seal of %s and SHA-256 %s, where %s has %d and %s"
                    .formatted(
                        Count.of(seal.bets(), "bet"),
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
              "a draw of %d with %s, where %s has %d"
                  .formatted(
                      drawn.get().number(),
                      Count.of(drawn.get().winners(), "winner"),
                      DataDirectory.BETS,
                      file.winners().total()));
    }
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** What is computed already, or by another thread, or else here. */
  private static String result(FutureTask<String> hash) throws IOException {
    hash.run();
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
      JournalFile.Entry entry = JournalFile.Entry.of(DataDirectory.JOURNAL, offset, record);
      highest = Math.max(highest, entry.agency());
      switch (entry.content()) {
        case Message.Announced announced -> told = OptionalInt.of(announced.agencies());
        case Message.Sealed _ -> sealed = true;
        case Message.Drawn drawn -> number = OptionalInt.of(drawn.number());
        default -> {
          // An agency's; or no entry, which is said when the journal is judged.
        }
      }
    }

    /** How many bytes the file has. */
    long size() {
      return LongStream.of(bytes).sum();
    }

    /** What precedes each agency's first. */
    private static long[] before(long[] lengths) {
      long[] starts = new long[lengths.length];
      System.arraycopy(lengths, 0, starts, 1, lengths.length - 1);
      Arrays.parallelPrefix(starts, Long::sum);
      return starts;
    }
  }

  /**
   * Compares a sealed file, range by range, with the rows of a journal. The journal is taken in its
   * own order, in which agencies alternate: each one's rows are looked for where its last ones
   * ended. It also holds the draw.
   */
  private static final class Comparison {
    private final ReadableStorage file;
    private final long size;
    private final long[] offsets;
    private final long[] rowsBefore;
    private final Draw draw;
    private final boolean drawn;
    private final byte[] bytes = new byte[Frame.BYTES_MAX];
    private long wrongOffset = Long.MAX_VALUE;
    private String wrong = "";

    Comparison(ReadableStorage file, Layout layout) {
      this.file = file;
      this.size = layout.size();
      this.offsets = Layout.before(layout.bytes);
      this.rowsBefore = Layout.before(layout.rows);
      this.drawn = layout.number.isPresent();
      this.draw = new Draw(layout.number.orElse(Draw.NUMBER));
    }

    /** Takes an entry of the journal that the rules have taken; only batches matter. */
    void take(JournalFile.Entry entry) throws IOException {
      if (!(entry.content() instanceof Message.Batch(int agency, long first, _))) {
        return;
      }
      ByteBuffer expected = Rows.kept(entry.record()).orElseThrow().rows();
      int length = expected.remaining();
      ByteBuffer found = ByteBuffer.wrap(bytes, 0, length);
      readInto(found, offsets[agency]);
      int same = found.flip().mismatch(expected);
      if (same < 0) {
        if (drawn) {
          draw.take(bytes, 0, length);
        }
      } else if (offsets[agency] + same < wrongOffset) {
        wrongOffset = offsets[agency] + same;
        long bet = first + IntStream.range(0, same).filter(i -> expected.get(i) == '\n').count();
        long row = rowsBefore[agency] + bet + 1;
        wrong =
            (same == found.limit()
                    ? "the file ends, where row %d should be".formatted(row)
                    : "row %d is not".formatted(row))
                + " bet %d of agency %d, which the journal has in its record at offset %d"
                    .formatted(bet, agency, entry.offset());
      }
      offsets[agency] += length;
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

    /**
     * To be asked after the journal's last entry.
     *
     * @throws DisagreementException naming the first byte that is not as it should be
     */
    void check() throws IOException {
      if (!wrong.isEmpty()) {
        throw new DisagreementException(DataDirectory.BETS, wrongOffset, wrong);
      }
      long more = file.size() - size;
      if (more > 0) {
        throw new DisagreementException(
            DataDirectory.BETS,
            size,
            "%s more than the journal has bets for".formatted(Count.of(more, "byte")));
      }
    }
  }
}
