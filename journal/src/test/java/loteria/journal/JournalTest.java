package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loteria.journal.Reopened.group;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import loteria.journal.FaultyStorage.Call;
import loteria.testing.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
  private final FaultyStorage storage = new FaultyStorage(1);

  @Test
  void findsWhatWasAppendedInOrder() throws IOException {
    try (Journal journal = Reopened.of(storage).journal()) {
      journal.append(records("uno", "dos"));
      journal.append(records("", "ñandú"));
    }
    storage.restart();

    Reopened again = Reopened.of(storage);

    assertThat(again.texts()).containsExactly("uno", "dos", "", "ñandú");
    assertThat(again.journal().recovery()).isEqualTo(new Recovery(2, 4, again.journal().size(), 0));
  }

  @Test
  void startsEmptyInAnEmptyStorage() throws IOException {
    Reopened fresh = Reopened.of(storage);

    assertThat(fresh.texts()).isEmpty();
    assertThat(fresh.journal().recovery()).isEqualTo(new Recovery(0, 0, 0, 0));
    assertThat(fresh.journal().size()).isEqualTo(16);
    storage.restartAfterPowerLoss();
    assertThat(Reopened.of(storage).journal().recovery()).isEqualTo(new Recovery(0, 0, 16, 0));
  }

  @Test
  void readsARecordAgainByThePositionThatAppendOrTheVisitorGave() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    long[] first = journal.append(records("uno", "", "tres"));
    long[] second = journal.append(records("cuatro"));
    storage.restart();

    Reopened again = Reopened.of(storage);

    assertThat(again.positions()).containsExactly(first[0], first[1], first[2], second[0]);
    for (int index = 0; index < again.texts().size(); index++) {
      ByteBuffer record = again.journal().read(again.positions().get(index));
      assertThat(UTF_8.decode(record).toString()).isEqualTo(again.texts().get(index));
    }
  }

  @Test
  void refusesToReadOutsideItsBlocks() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    journal.append(records("uno"));

    for (long position : new long[] {-1, 0, 16, 39, journal.size() - 1, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> journal.read(position))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no record at offset " + position);
    }
  }

  @Test
  void leavesTheRecordsThatItWasGivenAsTheyWere() throws IOException {
    ByteBuffer record = ByteBuffer.wrap("..uno..".getBytes(UTF_8)).position(2).limit(5);

    Reopened.of(storage).journal().append(List.of(record));

    assertThat(record.position()).isEqualTo(2);
    assertThat(record.limit()).isEqualTo(5);
    storage.restart();
    assertThat(Reopened.of(storage).texts()).containsExactly("uno");
  }

  @Test
  void syncsOnceForAnAppendHoweverManyRecordsItHas() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    int before = storage.calls(Call.SYNC);

    journal.append(Collections.nCopies(500, ByteBuffer.allocate(100)));

    assertThat(storage.calls(Call.SYNC)).isEqualTo(before + 1);
  }

  @Test
  void fillsABlockWhileTheOneBeforeIsStored() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    long first = journal.add(records("uno").getFirst());
    Block one = journal.endBlock();
    long second = journal.add(records("dos").getFirst());

    assertThatThrownBy(journal::endBlock)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the block before is ended and not stored");
    assertThatThrownBy(() -> journal.append(records("tres")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal.read(first)).isInstanceOf(IllegalArgumentException.class);
    journal.store(one);
    assertThat(journal.size()).isEqualTo(one.end());
    assertThatThrownBy(() -> journal.store(one)).isInstanceOf(IllegalStateException.class);
    Block two = journal.endBlock();
    assertThat(two.position()).isEqualTo(one.end());
    assertThat(two.records()).isEqualTo(1);
    journal.store(two);

    assertThat(journal.read(first)).isEqualTo(records("uno").getFirst());
    assertThat(journal.read(second)).isEqualTo(records("dos").getFirst());
    storage.restart();
    Reopened again = Reopened.of(storage);
    assertThat(again.texts()).containsExactly("uno", "dos");
    assertThat(again.positions()).containsExactly(first, second);
  }

  @Test
  void takesAsManyRecordsAsHaveRoom() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    ByteBuffer frame = ByteBuffer.allocate(8192);
    int records = 0;
    assertThat(journal.isEmpty()).isTrue();
    while (journal.hasRoom(frame.remaining())) {
      journal.add(frame);
      records++;
    }

    assertThat(records).isEqualTo(Journal.BLOCK_BYTES_MAX / (8192 + 2));
    assertThat(journal.isEmpty()).isFalse();
    assertThatThrownBy(() -> journal.add(frame)).isInstanceOf(IllegalArgumentException.class);
    int left = Journal.BLOCK_BYTES_MAX % (8192 + 2) - 2;
    assertThat(journal.hasRoom(left)).isTrue();
    assertThat(journal.hasRoom(left + 1)).isFalse();
    assertThat(Reopened.of(new FaultyStorage(2)).journal().hasRoom(Journal.RECORD_BYTES_MAX + 1))
        .isFalse();
    journal.add(ByteBuffer.allocate(left));
    journal.store(journal.endBlock());
    assertThat(journal.size()).isEqualTo(16 + 24 + Journal.BLOCK_BYTES_MAX);
    assertThatThrownBy(journal::endBlock)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nothing was added to the block");
  }

  @Test
  void allocatesNothingForARecord() throws Exception {
    Journal journal = Reopened.of(storage).journal();
    ByteBuffer record = ByteBuffer.allocate(100);

    Allocation.atMost(
        2048,
        () -> {
          for (int records = 0; records < 1000; records++) {
            journal.add(record);
          }
          journal.discard();
        });
  }

  /** Blocks turn over between the owner and another thread; a third reads what is stored. */
  @Test
  void isFilledStoredAndReadByThreeThreads(@TempDir Path directory) throws Exception {
    int blocks = 300;
    AtomicLong readable = new AtomicLong();
    List<Long> positions = new ArrayList<>();
    try (Journal journal = Reopened.of(FileStorage.open(directory.resolve("journal"))).journal();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> reader =
          threads.submit(() -> {
            long read = 0;
            while (read < blocks) {
              long position = readable.get();
              if (position > 0) {
                assertThat(journal.read(position).getInt(0)).isLessThan(blocks);
              }
              read = journal.size() == 16 + blocks * (24L + 2 + 4) ? blocks : 0;
            }
            return null;
          });
      Future<?> storing = CompletableFuture.completedFuture(null);
      for (int block = 0; block < blocks; block++) {
        long position = journal.add(ByteBuffer.allocate(4).putInt(0, block));
        positions.add(position);
        storing.get(30, TimeUnit.SECONDS);
        Block ended = journal.endBlock();
        storing =
            threads.submit(() -> {
              journal.store(ended);
              readable.set(position);
              return null;
            });
      }
      storing.get(30, TimeUnit.SECONDS);
      reader.get(30, TimeUnit.SECONDS);
    }
    Reopened again = Reopened.of(FileStorage.open(directory.resolve("journal")));
    assertThat(again.positions()).isEqualTo(positions);
    again.journal().close();
  }

  @Test
  void writesNothingForNoRecords() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    int before = storage.calls();

    assertThat(journal.append(List.of())).isEmpty();

    assertThat(storage.calls()).isEqualTo(before);
  }

  @Test
  void takesTheLargestRecordAndTheLargestBlock() throws IOException {
    byte[] largest = new byte[Journal.RECORD_BYTES_MAX];
    new Random(7).nextBytes(largest);
    ByteBuffer most = ByteBuffer.wrap(largest);
    int left = Journal.BLOCK_BYTES_MAX % (Journal.RECORD_BYTES_MAX + Journal.RECORD_HEADER_BYTES);
    ByteBuffer rest = ByteBuffer.wrap(largest, 0, left - Journal.RECORD_HEADER_BYTES);
    List<ByteBuffer> full =
        List.of(
            most, most, most, most, most, most, most, most, most, most, most, most, most, most,
            most, rest);
    Journal journal = Reopened.of(storage).journal();

    journal.append(full);
    long[] second = journal.append(full);

    assertThat(journal.size()).isEqualTo(16 + 2 * (24 + Journal.BLOCK_BYTES_MAX));
    assertThat(journal.read(second[14])).isEqualTo(most);
    storage.restart();
    assertThat(Reopened.of(storage).journal().recovery())
        .isEqualTo(new Recovery(2, 32, journal.size(), 0));
  }

  @Test
  void refusesARecordOrABlockThatIsTooLargeAndGoesOn() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    ByteBuffer tooLarge = ByteBuffer.allocate(Journal.RECORD_BYTES_MAX + 1);
    List<ByteBuffer> tooMany = Collections.nCopies(17, ByteBuffer.allocate(65_000));

    assertThatThrownBy(() -> journal.append(List.of(tooLarge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record of 65536 bytes exceeds 65535");
    assertThatThrownBy(() -> journal.append(tooMany))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("block of 1105034 bytes exceeds 1048576");

    assertThat(journal.size()).isEqualTo(16);
    journal.append(records("uno"));
    storage.restart();
    assertThat(Reopened.of(storage).texts()).containsExactly("uno");
  }

  @Test
  void loopsOverShortReadsAndWrites() throws IOException {
    storage.shortTransfers();
    Journal journal = Reopened.of(storage).journal();
    long[] positions = journal.append(records("uno", "a".repeat(5000), "tres"));

    assertThat(journal.read(positions[1]).remaining()).isEqualTo(5000);
    storage.restart();
    assertThat(Reopened.of(storage).texts()).containsExactly("uno", "a".repeat(5000), "tres");
  }

  @Test
  void closesTheStorageOnceMoreOrWhenItCannotOpen() throws IOException {
    Journal journal = Reopened.of(storage).journal();
    journal.append(records("uno"));
    journal.close();
    journal.close();
    assertThat(storage.isOpen()).isFalse();
    assertThatThrownBy(() -> journal.append(records("dos"))).isInstanceOf(IOException.class);

    FaultyStorage foreign = FaultyStorage.holding("not a journal at all".getBytes(UTF_8));
    assertThatThrownBy(() -> Reopened.of(foreign)).isInstanceOf(ForeignFileException.class);
    assertThat(foreign.isOpen()).isFalse();
  }

  @Test
  void leavesTheFileAloneWhenTheVisitorThrows() throws IOException {
    byte[] torn = Reopened.bytes(group("uno"), group("dos"));
    torn[torn.length - 1]++;
    FaultyStorage disk = FaultyStorage.holding(torn);
    IOException refusal = new IOException("a record that nobody understands");

    assertThatThrownBy(() ->
            Journal.open(
                disk,
                (position, record) -> {
                  throw refusal;
                }))
        .isSameAs(refusal);

    assertThat(disk.bytes()).isEqualTo(torn);
    assertThat(disk.isOpen()).isFalse();
  }

  @Test
  void showsRecordsThatNobodyCanWriteThrough() throws IOException {
    FaultyStorage disk = FaultyStorage.holding(Reopened.bytes(group("uno")));

    Journal.open(disk, (position, record) -> assertThat(record.isReadOnly()).isTrue()).close();
  }

  @Test
  void inspectsWithoutChangingAnything() throws IOException {
    byte[] torn = Reopened.bytes(group("uno"), group("dos", "tres"));
    torn[torn.length - 1]++;
    FaultyStorage disk = FaultyStorage.holding(torn);

    Recovery found = Journal.inspect(disk, (position, record) -> {});

    assertThat(found).isEqualTo(new Recovery(1, 1, 45, torn.length - 45));
    assertThat(disk.bytes()).isEqualTo(torn);
    assertThat(disk.isOpen()).isTrue();
    assertThat(disk.calls()).isEqualTo(disk.calls(Call.READ));
  }
}
