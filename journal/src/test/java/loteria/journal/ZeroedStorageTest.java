package loteria.journal;

import static loteria.journal.Reopened.group;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import loteria.journal.FaultyStorage.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros beyond the end of a journal. */
final class ZeroedStorageTest {
  private static final int STEP = 4096;
  private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(Block.BYTES_MAX);

  private final FaultyStorage disk = new FaultyStorage(4);
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private final ZerosAhead ahead = new ZerosAhead(steps::add, 1000, STEP, STEP);

  private Reopened reopened() throws IOException {
    return Reopened.of(ZeroedStorage.of(disk, disk, ahead));
  }

  /** A journal that has just become long enough, whose step of zeros waits to be written. */
  private Journal longEnough() throws IOException {
    Journal journal = reopened().journal();
    journal.append(records("a".repeat(STEP)));
    assertThat(steps).hasSize(1);
    return journal;
  }

  @Test
  void writesNoneBeyondAShortFile() throws IOException {
    Journal journal = reopened().journal();
    journal.append(records("uno", "dos"));

    assertThat(steps).isEmpty();
    assertThat(disk.size()).isEqualTo(journal.size());
  }

  @Test
  void writesAStepOnceTheFileIsLongEnoughAndAnotherWhenHalfIsUsed() throws IOException {
    Journal journal = longEnough();
    steps.remove().run();
    assertThat(disk.size()).isEqualTo(journal.size() + STEP);
    long size = disk.size();

    journal.append(records("b".repeat(STEP / 2 - 100)));
    assertThat(steps).isEmpty();
    assertThat(disk.size()).isEqualTo(size);
    journal.append(records("c".repeat(100)));
    assertThat(steps).hasSize(1);
    steps.remove().run();
    assertThat(disk.size()).isEqualTo(journal.size() + STEP);
  }

  @Test
  void growsItsStepsWithTheFileUpToABound() {
    ZerosAhead growing = new ZerosAhead(Runnable::run, 0, 1000, 8000);

    assertThat(growing.step(10)).isEqualTo(1000);
    assertThat(growing.step(6000)).isEqualTo(3000);
    assertThat(growing.step(1L << 40)).isEqualTo(8000);
  }

  @Test
  void isNoLargerForThem() throws IOException {
    ZeroedStorage storage = ZeroedStorage.of(disk, disk, ahead);
    Journal journal = Reopened.of(storage).journal();
    journal.append(records("a".repeat(STEP)));
    steps.remove().run();

    assertThat(storage.size()).isEqualTo(journal.size()).isLessThan(disk.size());
  }

  @Test
  void cutsThemOffInTheEndAndWhenToldTo() throws IOException {
    Journal journal = longEnough();
    steps.remove().run();
    journal.trim();
    assertThat(disk.size()).isEqualTo(journal.size());

    journal.append(records("sellado"));
    assertThat(steps).as("there are none again for the few records at the end").isEmpty();
    journal.append(records("b".repeat(STEP)));
    steps.remove().run();
    assertThat(disk.size()).isGreaterThan(journal.size());
    journal.close();
    assertThat(disk.size()).isEqualTo(journal.size());
  }

  @Test
  void cutsThemOffWhenItStartsAgain() throws IOException {
    Journal journal = longEnough();
    steps.remove().run();
    long size = journal.size();
    disk.restart();

    assertThat(reopened().journal().recovery()).isEqualTo(new Recovery(1, 1, size, 0));
    assertThat(disk.size()).isEqualTo(size);
  }

  @Test
  void makesNoFailureOfZerosThatFindNoRoomOrABrokenDisk() throws IOException {
    for (Call call : List.of(Call.WRITE, Call.SYNC)) {
      disk.restart();
      steps.clear();
      disk.truncate(0);
      Journal journal = longEnough();
      disk.fail(call, 1, false, () -> new IOException("Input/output error"));
      steps.remove().run();

      journal.append(records("uno"));
      assertThat(steps).as("not at once again").isEmpty();
      journal.append(records("a".repeat(STEP)));
      assertThat(steps).as("but later").hasSize(1);
    }
  }

  @Test
  void leavesItToTheAppendToSayThatThereIsNoRoom() throws IOException {
    Journal journal = longEnough();
    disk.limitTo((int) journal.size() + 1000);
    steps.remove().run();
    assertThat(disk.size()).isEqualTo(journal.size() + 1000);

    journal.append(records("uno"));
    assertThatThrownBy(() -> journal.append(records("b".repeat(2000))))
        .isInstanceOf(StorageFullException.class);
    assertThat(disk.size()).isEqualTo(journal.size());
    journal.append(records("dos"));
    disk.restartAfterPowerLoss();
    assertThat(reopened().texts()).containsExactly("a".repeat(STEP), "uno", "dos");
  }

  /** However many of them are there, and whatever is there instead of the last ones. */
  @Test
  void findsTheSameWhereverACrashEndsTheirWriting() throws IOException {
    byte[] written = Reopened.bytes(group("a".repeat(STEP)), group("uno"));
    byte[] garbage = new byte[STEP];
    new Random(5).nextBytes(garbage);
    garbage[STEP - 1] = 1;
    for (int zeros = 0; zeros <= STEP; zeros++) {
      byte[] some = Arrays.copyOf(written, written.length + zeros);
      byte[] none = some.clone();
      System.arraycopy(garbage, STEP - zeros, none, written.length, zeros);

      assertFindsAll(some, 0);
      assertFindsAll(none, zeros);
    }
  }

  private static void assertFindsAll(byte[] found, int torn) throws IOException {
    assertThat(scanned(found))
        .isEqualTo(new Recovery(2, 2, FileHeader.BYTES + 2 * 26 + STEP + 3, torn));
  }

  /** And the blocks that were then written over them are torn at any byte. */
  @Test
  void tellsABlockThatWasTornOverThem() throws IOException {
    Journal journal = longEnough();
    steps.remove().run();
    int before = (int) journal.size();
    byte[] zeros = disk.bytes();
    journal.append(records("uno"));
    byte[] whole = disk.bytes();
    for (int written = 0; written <= journal.size() - before; written++) {
      byte[] torn = zeros.clone();
      System.arraycopy(whole, before, torn, before, written);
      boolean all = before + written == journal.size();

      Recovery found = scanned(torn);

      int content = written;
      while (content > 0 && torn[before + content - 1] == 0) {
        content--;
      }
      assertThat(found.records()).isEqualTo(all ? 2 : 1);
      assertThat(found.tornBytes()).isEqualTo(all ? 0 : content);
    }
  }

  private static Recovery scanned(byte[] found) throws IOException {
    return Scan.of(FaultyStorage.holding(found), BUFFER, (_, _) -> {}).recovery();
  }

  /** A file whose zeros are written when the test lets them. */
  private static final class Slow implements Storage {
    private final Storage file;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Slow(Storage file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      asked.countDown();
      try {
        assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException impossible) {
        throw new AssertionError(impossible);
      }
      return file.write(from, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Test
  void waitsForZerosUnderWayOnlyWhereItsAppendWouldMeetThem(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("journal");
    Slow slow = new Slow(FileStorage.open(file));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      ZerosAhead byThread = new ZerosAhead(threads, 0, STEP, STEP);
      Journal journal =
          Reopened.of(ZeroedStorage.of(FileStorage.open(file), slow, byThread)).journal();
      journal.append(records("a".repeat(STEP))); // after it zeros are asked for
      assertThat(slow.asked.await(30, TimeUnit.SECONDS)).isTrue();

      Future<?> append = threads.submit(() -> journal.append(records("uno")));
      assertThatThrownBy(() -> append.get(200, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      slow.released.countDown();
      append.get(30, TimeUnit.SECONDS);
      assertThat(Files.size(file)).isGreaterThan(journal.size());
      journal.close();
      assertThat(Files.size(file)).isEqualTo(journal.size());
    }
    try (Journal again = Reopened.of(FileStorage.open(file)).journal()) {
      assertThat(again.recovery().records()).isEqualTo(2);
    }
  }

  /** Appends of all sizes race with zeros: none is written over. */
  @Test
  void losesNothingToZerosThatAnotherThreadWrites(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("journal");
    Random random = new Random(6);
    List<String> texts = new ArrayList<>();
    long largest = 0;
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      ZerosAhead byThread = new ZerosAhead(thread, 0, 1, 1 << 16);
      Journal journal =
          Reopened.of(ZeroedStorage.of(FileStorage.open(file), FileStorage.open(file), byThread))
              .journal();
      for (int block = 0; block < 400; block++) {
        String text = block + "x".repeat(random.nextInt(random.nextBoolean() ? 100 : 20_000));
        texts.add(text);
        journal.append(records(text));
        largest = Math.max(largest, Files.size(file) - journal.size());
      }
      journal.close();
      assertThat(Files.size(file)).isEqualTo(journal.size());
    }
    assertThat(largest).as("zeros that were ahead").isPositive();
    Reopened again = Reopened.of(FileStorage.open(file));
    assertThat(again.texts()).isEqualTo(texts);
    again.journal().close();
  }
}
