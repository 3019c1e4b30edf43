package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file with durable zeros beyond its end, into which appends are written: their sync then changes
 * no metadata.
 *
 * <pre>
 *   0              end            boundary         physical end
 *   +---------------+----------------+----------------+
 *   | what was      | zeros, durable | a chunk of     |
 *   | written       |                | zeros under way|
 *   +---------------+----------------+----------------+
 *                    appends go here   and wait here
 * </pre>
 *
 * <p>Invariant: while zeros are being written, they are written from {@code boundary} on and
 * appends end before it; so the two never meet. Each chunk is synced before the next is written, so
 * a crash leaves anything but zeros in at most the last chunk of the file ({@link Scan}).
 *
 * <p>Zeros that cannot be written are no failure: the append that needs the room tells. They go
 * through a descriptor of their own, since Linux reports a failed write to each descriptor once:
 * the one of the appends must hear of theirs.
 *
 * <p>One thread uses it, as any storage, beside the one that writes the zeros.
 */
final class ZeroedStorage implements Storage {
  /** What is written of zeros before a sync: the longest that an append ever waits for. */
  static final int CHUNK_BYTES = 1 << 20;

  /**
   * What is written of zeros by one call. Linux 6.16 and later keep what one call has written to
   * ext4 as one folio: page by page, an eighth of the central's CPU goes into zeros. The larger the
   * folio, the more /proc/PID/io counts for an append into it, though the disk writes no more than
   * the append (measured on 6.18; findings/linux-io-folios.sh).
   */
  private static final int WRITE_BYTES = 1 << 16;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(WRITE_BYTES).asReadOnlyBuffer();

  private final Storage file;
  private final Storage zeros;
  private final ZerosAhead ahead;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  // Guarded by the lock.
  private long end;
  private long boundary;
  private long dueAt; // the end from which on there are to be zeros
  private boolean filling;
  private boolean stopping;
  private boolean closed;

  private ZeroedStorage(Storage file, Storage zeros, ZerosAhead ahead, long end) {
    this.file = file;
    this.zeros = zeros;
    this.ahead = ahead;
    this.end = end;
    this.boundary = end;
    this.dueAt = Math.max(ahead.fileBytesMin(), end + ahead.stepBytesMin());
  }

  /**
   * A file with zeros ahead.
   *
   * @param file for all but the zeros
   * @param zeros the same file once more, by a descriptor of its own
   */
  static ZeroedStorage of(Storage file, Storage zeros, ZerosAhead ahead) throws IOException {
    return new ZeroedStorage(file, zeros, ahead, file.size());
  }

  @Override
  public long size() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return file.read(into, position);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    awaitBoundary(position + from.remaining());
    int written = file.write(from, position);
    lock.lock();
    try {
      end = Math.max(end, position + written);
      boundary = Math.max(boundary, end);
    } finally {
      lock.unlock();
    }
    return written;
  }

  /** Waits until the zeros under way, if any are, begin beyond an append. */
  private void awaitBoundary(long appendEnd) {
    lock.lock();
    try {
      while (filling && appendEnd > boundary) {
        moved.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** And has more zeros written, if there are too few. */
  @Override
  public void sync() throws IOException {
    file.sync();
    lock.lock();
    try {
      long step = ahead.step(end);
      if (filling || closed || end < dueAt || boundary - end >= step / 2) {
        return;
      }
      filling = true;
    } finally {
      lock.unlock();
    }
    try {
      ahead.by().execute(this::fill);
    } catch (RuntimeException | Error notStarted) {
      filled(false);
      throw notStarted;
    }
  }

  private void fill() {
    boolean done = false;
    try {
      for (int bytes = next(); bytes > 0; bytes = next()) {
        write(boundaryNow(), bytes);
        zeros.sync();
        advance(bytes);
      }
      done = true;
    } catch (IOException _) {
      // No room for them, or the disk is broken: whoever appends finds out for himself.
    } finally {
      filled(done);
    }
  }

  /** Writes zeros from a position on. */
  private void write(long from, int bytes) throws IOException {
    ByteBuffer some = ZEROS.duplicate();
    for (long at = from; at < from + bytes; at += some.limit()) {
      long left = Math.min(WRITE_BYTES - at % WRITE_BYTES, from + bytes - at);
      zeros.writeWhole(some.clear().limit((int) left), at);
    }
  }

  /** How many zeros to write next; chunks end at multiples of their size. */
  private int next() {
    lock.lock();
    try {
      long missing = stopping ? 0 : end + ahead.step(end) - boundary;
      return (int) Math.clamp(missing, 0, CHUNK_BYTES - boundary % CHUNK_BYTES);
    } finally {
      lock.unlock();
    }
  }

  private long boundaryNow() {
    lock.lock();
    try {
      return boundary;
    } finally {
      lock.unlock();
    }
  }

  private void advance(int bytes) {
    lock.lock();
    try {
      boundary += bytes;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void filled(boolean done) {
    lock.lock();
    try {
      filling = false;
      if (!done) {
        putOff();
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No zeros until the file has grown by a step. */
  private void putOff() {
    dueAt = Math.max(ahead.fileBytesMin(), end + ahead.step(end));
  }

  /** Cuts the zeros off, too; there are none again before the file has grown by a step. */
  @Override
  public void truncate(long size) throws IOException {
    stopFilling();
    file.truncate(Math.min(size, size()));
    lock.lock();
    try {
      end = Math.min(end, size);
      boundary = end;
      putOff();
    } finally {
      lock.unlock();
    }
  }

  private void stopFilling() {
    lock.lock();
    try {
      stopping = true;
      while (filling) {
        moved.awaitUninterruptibly();
      }
      stopping = false;
    } finally {
      lock.unlock();
    }
  }

  /** Cuts the zeros off, and closes both. */
  @Override
  public void close() throws IOException {
    stopFilling();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    try (file;
        zeros) {
      if (file.size() > size()) {
        file.truncate(size());
      }
    }
  }
}
