package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loteria.journal.Reopened.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.testing.Allocation;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, it is a journal that goes on, or is refused and left as it is. */
class JournalFuzzTest {
  private static final int FILE_BYTES_MAX = 1 << 16;

  /** On the heap: the block that is held in memory is not. A record may be of two bytes. */
  private static final long ALLOCATED_BYTES_MAX = 64 * 1024;

  private static final long ALLOCATED_PER_BYTE_MAX = 256;

  /** How often a file is read, from its first byte to its last. */
  private static final long READINGS_MAX = 4;

  private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(Block.BYTES_MAX);

  /** 0, and then a file; or 1, and then a file that is made a journal. */
  static Stream<byte[]> seeds() throws IOException {
    byte[] journal = Reopened.bytes(group("uno", "dos"), group("", "cuatro"), group("cinco"));
    byte[] damaged = journal.clone();
    damaged[damaged.length / 2] ^= 1;
    return Stream.of(
            Reopened.bytes(),
            journal,
            damaged,
            Arrays.copyOf(journal, journal.length - 1),
            Arrays.copyOf(journal, journal.length + 100),
            "agencia,nombre\n".getBytes(UTF_8))
        .flatMap(file -> Stream.of(after(0, file), after(1, file)));
  }

  private static byte[] after(int first, byte[] file) {
    return ByteBuffer.allocate(1 + file.length).put((byte) first).put(file).array();
  }

  @MethodSource("seeds")
  @FuzzTest
  void goesOnWithWhatItFindsOrRefusesTheFile(byte[] input) throws Exception {
    if (input.length < 1 || input.length > FILE_BYTES_MAX) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    byte[] file = input[0] == 0 ? rest : MendedJournal.of(rest);
    Allocation.atMost(
        ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * file.length, () -> inspected(file));

    Optional<Found> found = inspected(file);
    if (found.isPresent()) {
      goesOn(file, found.get());
    } else {
      FaultyStorage disk = FaultyStorage.holding(file);
      assertThatThrownBy(() -> Journal.open(disk, (_, _) -> {}))
          .isInstanceOfAny(ForeignFileException.class, DamagedJournalException.class);
      assertThat(disk.bytes()).isEqualTo(file);
      assertThat(disk.isOpen()).isFalse();
    }
  }

  /** What is found in a file; empty if it is refused. */
  private static Optional<Found> inspected(byte[] file) throws IOException {
    FaultyStorage disk = FaultyStorage.holding(file);
    List<Shown> shown = new ArrayList<>();
    try {
      // As Journal.inspect does, but for the buffer: one of a block for each run is what a run
      // costs.
      Scan scan = Scan.of(disk, BUFFER, (at, record) -> shown.add(Shown.of(at, record)));
      return Optional.of(new Found(scan.recovery(), shown));
    } catch (ForeignFileException | DamagedJournalException _) {
      return Optional.empty();
    } finally {
      assertThat(disk.bytesRead()).isLessThanOrEqualTo(READINGS_MAX * file.length);
    }
  }

  private static void goesOn(byte[] file, Found found) throws IOException {
    byte[] laid = found.laid();
    int kept = (int) found.recovery.keptBytes();
    assertThat(Arrays.copyOf(laid, kept)).isEqualTo(Arrays.copyOf(file, kept));

    FaultyStorage disk = FaultyStorage.holding(file);
    List<Shown> shown = new ArrayList<>();
    try (Journal journal = Journal.open(disk, (at, record) -> shown.add(Shown.of(at, record)))) {
      assertThat(new Found(journal.recovery(), shown)).isEqualTo(found);
      assertThat(disk.bytes()).isEqualTo(laid);
      shown.add(new Shown(journal.append(Reopened.records("más"))[0], bytes("más")));
    }
    Found again = inspected(disk.bytes()).orElseThrow();
    assertThat(again.shown).isEqualTo(shown);
    assertThat(again.recovery.tornBytes()).isZero();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** A record that was shown. */
  private record Shown(long position, ByteBuffer record) {
    static Shown of(long position, ByteBuffer record) {
      return new Shown(position, ByteBuffer.allocate(record.remaining()).put(record).flip());
    }

    long end() {
      return position + Journal.RECORD_HEADER_BYTES + record.remaining();
    }
  }

  /** All that is found in a file. */
  private record Found(Recovery recovery, List<Shown> shown) {

    /** A journal of the same records, those together that follow each other without a header. */
    byte[] laid() {
      ByteBuffer laid = ByteBuffer.allocate((int) Math.max(recovery.keptBytes(), FileHeader.BYTES));
      laid.put(FileHeader.bytes());
      int from = 0;
      for (int to = 1; to <= shown.size(); to++) {
        if (to == shown.size() || shown.get(to).position != shown.get(to - 1).end()) {
          layBlock(shown.subList(from, to), laid);
          from = to;
        }
      }
      assertThat(laid.hasRemaining()).isFalse();
      return laid.array();
    }

    private static void layBlock(List<Shown> together, ByteBuffer laid) {
      int start = laid.position();
      laid.position(start + Block.HEADER_BYTES);
      for (Shown one : together) {
        laid.putShort((short) one.record.remaining()).put(one.record.duplicate());
      }
      Block.ended(laid.slice(start, laid.position() - start), start, together.size());
    }
  }
}
