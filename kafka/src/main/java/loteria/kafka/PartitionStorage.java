package loteria.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import loteria.journal.Storage;
import loteria.kafka.brokers.Kafka;
import org.jspecify.annotations.Nullable;

/**
 * A partition that this central owns, as the storage under a journal. What is written is collected;
 * a sync commits it as one record, and then appends it to the copy, from which reads are answered.
 *
 * <p>Invariant: the copy is what is committed, unless a sync has failed; then nothing is known, and
 * every further write and sync is refused. What is committed never changes: a write below its end
 * must be of the bytes that are there, and a truncation below it is refused. One thread, but for
 * reads.
 */
final class PartitionStorage implements Storage {
  /** When a commit counts as slow, and how often that is said. */
  static final int SLOW_SECONDS = 5;

  private static final int BYTES_FIRST = 1 << 16;

  private final String name;
  private final Copy copy;
  private final Kafka.Writer writer;
  private final LongSupplier nanoTime;
  private final Consumer<IOException> onFailure;
  private final Runnable onClose;
  private byte[] collected = new byte[BYTES_FIRST];
  private int bytes;
  private boolean inDoubt;
  private boolean closed;
  private volatile @Nullable Long commitBegun; // null while none is under way
  private long slowTold; // seconds; of the thread that asks for slow commits

  /**
   * A partition that was taken.
   *
   * @param nanoTime a clock like {@link System#nanoTime()}
   * @param onFailure told why a commit has failed
   * @param onClose called when this is closed, and the writer with it
   */
  PartitionStorage(
      String name,
      Copy copy,
      Kafka.Writer writer,
      LongSupplier nanoTime,
      Consumer<IOException> onFailure,
      Runnable onClose) {
    this.name = name;
    this.copy = copy;
    this.writer = writer;
    this.nanoTime = nanoTime;
    this.onFailure = onFailure;
    this.onClose = onClose;
  }

  /** What is committed, and what was written since. */
  @Override
  public long size() {
    return copy.size() + bytes;
  }

  /** Reads what is committed; the end is where that ends. */
  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return copy.read(into, position);
  }

  /** Collects some bytes, or finds that those of them that are committed are the same. */
  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    requireTrust();
    long committed = copy.size();
    if (position < committed) {
      return compare(from, position, (int) Math.min(from.remaining(), committed - position));
    }
    if (position != committed + bytes) {
      throw new IOException(
          "%s ends at %d: a write at %d would not be appended"
              .formatted(name, committed + bytes, position));
    }
    int length = from.remaining();
    if (length > Kafka.RECORD_BYTES_MAX - bytes) {
      throw new IOException(
          "a record of %d bytes and more for %s exceeds %d"
              .formatted((long) bytes + length, name, Kafka.RECORD_BYTES_MAX));
    }
    if (length > collected.length - bytes) {
      collected = Arrays.copyOf(collected, Math.max(2 * collected.length, bytes + length));
    }
    from.get(collected, bytes, length);
    bytes += length;
    return length;
  }

  private int compare(ByteBuffer from, long position, int length) throws IOException {
    ByteBuffer committed = ByteBuffer.allocate(length);
    copy.readWhole(committed, position);
    if (!committed.flip().equals(from.slice(from.position(), length))) {
      throw new IOException(
          "%s has other bytes committed at %d than %d that were to be written there"
              .formatted(name, position, length));
    }
    from.position(from.position() + length);
    return length;
  }

  /** Commits what was collected as one record; nothing, if nothing was. */
  @Override
  public void sync() throws IOException {
    requireTrust();
    if (bytes == 0) {
      return;
    }
    byte[] record = Arrays.copyOf(collected, bytes);
    inDoubt = true;
    commitBegun = nanoTime.getAsLong();
    try {
      copy.append(ByteBuffer.wrap(record), writer.commit(record));
    } catch (IOException failure) {
      onFailure.accept(failure);
      throw failure;
    } finally {
      commitBegun = null;
    }
    inDoubt = false;
    bytes = 0;
  }

  /**
   * For how many seconds a slow commit is under way: said every {@link #SLOW_SECONDS} of it once,
   * and else 0. For one other thread.
   */
  long takeSlowSeconds() {
    @Nullable Long begun = commitBegun;
    long seconds = begun == null ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - begun);
    if (seconds < SLOW_SECONDS) {
      slowTold = 0;
    } else if (seconds - slowTold >= SLOW_SECONDS) {
      slowTold = seconds;
      return seconds;
    }
    return 0;
  }

  @Override
  public void truncate(long size) throws IOException {
    requireTrust();
    long committed = copy.size();
    if (size < committed) {
      throw new IOException(
          "%s is committed up to %d: it cannot be cut at %d".formatted(name, committed, size));
    }
    bytes = (int) Math.min(bytes, size - committed);
  }

  private void requireTrust() throws IOException {
    if (closed) {
      throw new IOException(name + " was given back");
    }
    if (inDoubt) {
      throw new IOException(
          "%s is in doubt after %d: a commit failed".formatted(name, copy.size()));
    }
  }

  /** Gives the partition back; what was not synced is forgotten. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      writer.close();
      onClose.run();
    }
  }
}
