package loteria.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LogBufferTest {
  private static final long NEVER_MILLIS = 3_600_000;
  private static final long SOON_MILLIS = 50;
  private static final long PATIENCE_MILLIS = 20_000;

  private final Reader reader = new Reader();

  @Test
  void writesWhatItTookInOrder() {
    LogBuffer buffer = LogBuffer.start(reader, 1 << 10, NEVER_MILLIS);
    reader.take(Integer.MAX_VALUE / 2);

    List<String> lines = IntStream.range(0, 5_000).mapToObj(n -> "line " + n).toList();
    lines.forEach(line -> put(buffer, line));

    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(reader.lines()).isEqualTo(lines);
    assertThat(buffer.dropped()).isZero();
  }

  @Test
  void writesWholeLinesTogether() {
    LogBuffer buffer = LogBuffer.start(reader, 1 << 16, NEVER_MILLIS);
    String longLine = "x".repeat(9_000);
    put(buffer, "first");
    IntStream.range(0, 200).forEach(n -> put(buffer, "line of some length " + n));
    put(buffer, longLine);
    reader.take(Integer.MAX_VALUE / 2);

    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(reader.writes()).allSatisfy(write -> assertThat(write).endsWith("\n"));
    assertThat(reader.writes()).hasSizeLessThan(10);
    assertThat(reader.lines()).hasSize(202).contains(longLine);
  }

  @Test
  void linesOfManyThreadsNeverMixAndNoneIsLost() {
    LogBuffer buffer = LogBuffer.start(reader, 1 << 10, NEVER_MILLIS);
    reader.take(Integer.MAX_VALUE / 2);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        String line = Integer.toString(thread).repeat(30);
        executor.execute(() -> IntStream.range(0, 500).forEach(n -> put(buffer, line)));
      }
    }

    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(reader.lines()).hasSize(4_000).allMatch(line -> line.matches("(\\d)\\1{29}"));
  }

  @Test
  void aReaderThatIsSlowMakesTheWriterWaitAndLosesNothing() throws Exception {
    LogBuffer buffer = LogBuffer.start(reader, 1 << 10, NEVER_MILLIS);
    CountDownLatch done = new CountDownLatch(1);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              IntStream.range(0, 300).forEach(n -> put(buffer, "line " + n));
              done.countDown();
            });
    // It is full, and nobody is dropped: the writer waits, also when it is interrupted.
    await().until(buffer::isFull);
    writer.interrupt();
    assertThat(done.getCount()).isEqualTo(1);
    reader.take(Integer.MAX_VALUE / 2);

    done.await();
    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(reader.lines())
        .isEqualTo(IntStream.range(0, 300).mapToObj(n -> "line " + n).toList());
  }

  @Test
  void whoeverCanWaitIsAskedToBeforeItIsFull() {
    LogBuffer buffer = LogBuffer.start(reader, 1_000, NEVER_MILLIS);
    fill(buffer, 4);
    assertThat(buffer.isCrowded()).isFalse();
    fill(buffer, 1);
    assertThat(buffer.isCrowded()).isTrue();
    assertThat(buffer.isFull()).isFalse();
    fill(buffer, 3);
    assertThat(buffer.isFull()).isTrue();
    reader.take(Integer.MAX_VALUE / 2);
    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(buffer.isCrowded()).isFalse();
  }

  @Test
  void aStalledReaderStopsNobodyAndIsToldWhatIsMissingWhereItIs() {
    LogBuffer buffer = LogBuffer.start(reader, 1_000, SOON_MILLIS);
    buffer.onDropped(count -> ("dropped " + count + "\n").getBytes(UTF_8));
    fill(buffer, 1);
    await().until(buffer::isStalled);
    IntStream.range(0, 50).forEach(n -> put(buffer, "line " + n));
    assertThat(buffer.isFull()).as("nobody is to wait").isFalse();
    assertThat(buffer.isCrowded()).as("nobody is to wait").isFalse();
    fill(buffer, 20);
    long dropped = buffer.dropped();
    assertThat(dropped).isPositive();

    reader.take(Integer.MAX_VALUE / 2);
    await().until(() -> reader.lines().contains("dropped " + dropped));
    put(buffer, "after");

    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    List<String> lines = reader.lines();
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .containsExactly("dropped " + dropped, "after");
    assertThat(lines.size() - 2 + dropped).isEqualTo(1 + 50 + 20);
    assertThat(buffer.isStalled()).isFalse();
    assertThat(buffer.dropped()).isEqualTo(dropped);
  }

  @Test
  void aFlushIsBounded() {
    LogBuffer buffer = LogBuffer.start(reader, 1_000, NEVER_MILLIS);
    put(buffer, "nobody reads this");

    long start = System.nanoTime();
    assertThat(buffer.flush(100)).isFalse();
    assertThat(System.nanoTime() - start).isBetween(100_000_000L, 10_000_000_000L);
  }

  @Test
  void anInterruptedThreadCanFlushAndStaysInterrupted() {
    LogBuffer buffer = LogBuffer.start(reader, 1_000, NEVER_MILLIS);
    put(buffer, "line");
    Thread.currentThread().interrupt();
    assertThat(buffer.flush(10)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void linesThatTheSystemRefusesAreCountedAndToldWhenItTakesThemAgain() {
    LogBuffer buffer = LogBuffer.start(reader, 1 << 16, NEVER_MILLIS);
    buffer.onDropped(count -> ("dropped " + count + "\n").getBytes(UTF_8));
    reader.take(Integer.MAX_VALUE / 2);
    reader.full = true;
    put(buffer, "one");
    put(buffer, "two");
    assertThat(buffer.flush(PATIENCE_MILLIS)).isTrue();
    assertThat(buffer.dropped()).isEqualTo(2);

    reader.full = false;
    put(buffer, "three");
    await().until(() -> reader.lines().size() == 2);
    assertThat(reader.lines()).containsExactly("three", "dropped 2");
  }

  private static void fill(LogBuffer buffer, int lines) {
    IntStream.range(0, lines).forEach(n -> put(buffer, "x".repeat(99)));
  }

  private static void put(LogBuffer buffer, String line) {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    buffer.write(bytes, 0, bytes.length);
  }

  /** Takes as many writes as it was told to; the next one waits. */
  private static final class Reader extends OutputStream {
    private final Semaphore takes = new Semaphore(0);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final java.util.List<String> writes = new java.util.concurrent.CopyOnWriteArrayList<>();
    volatile boolean full;

    void take(int count) {
      takes.release(count);
    }

    @Override
    public void write(int octet) {
      throw new AssertionError("a write of one byte");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      takes.acquireUninterruptibly();
      if (full) {
        throw new IOException("No space left on device");
      }
      taken.write(bytes, from, length);
      writes.add(new String(bytes, from, length, UTF_8));
    }

    List<String> writes() {
      return List.copyOf(writes);
    }

    List<String> lines() {
      return taken.toString(UTF_8).lines().toList();
    }
  }
}
