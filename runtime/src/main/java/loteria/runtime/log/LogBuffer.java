package loteria.runtime.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Log lines in memory, and the one thread that writes them out, so that a reader of the log that
 * stalls does not stop whoever logs.
 *
 * <pre>
 *    0                     1/2         3/4        1 MiB
 *    |---------------------|-----------|----------|
 *                          isCrowded   isFull     write() waits for the reader
 * </pre>
 *
 * <p>No line is dropped while the reader reads: writers wait for room. A reader is stalled when one
 * write of some 4 KiB has not come back for {@link #STALLED_MILLIS}; then lines that find no room
 * are dropped and counted. One line tells how many, where they are missing, as soon as the reader
 * reads again. Lines that the system refused (a full disk) are counted in the same way.
 *
 * <p>Lines come in whole, with their line ends. A program that ends calls {@link #flush} first;
 * whatever ends the JVM at once, such as kill -9, takes the lines that are still in here.
 *
 * <p>Thread-safe.
 */
public final class LogBuffer extends OutputStream {
  /** How long a reader takes nothing until it counts as stalled. */
  static final long STALLED_MILLIS = 5_000;

  private static final int BYTES = 1 << 20;

  /** How much is written at once, if a line is not longer: what a pipe takes as a whole. */
  private static final int CHUNK_BYTES = 4096;

  private final OutputStream out;
  private final long stalledNanos;
  private final byte[] ring;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private final LongAdder droppedInAll = new LongAdder();
  private volatile LongFunction<byte[]> notice = count -> new byte[0];

  // What follows is guarded by the lock. Bytes are numbered from the start; those from head to tail
  // are in the ring, also while they are being written.
  private long head;
  private long tail;
  private boolean idle;
  private boolean writing;
  private boolean lastFailed;
  private long writingSince;
  private long dropped;
  private long droppedAt;

  private LogBuffer(OutputStream out, int bytes, long stalledMillis) {
    this.out = out;
    this.ring = new byte[bytes];
    this.stalledNanos = TimeUnit.MILLISECONDS.toNanos(stalledMillis);
  }

  /** Lines for the standard output. The thread ends with the program. */
  public static LogBuffer toStandardOutput() {
    return start(new FileOutputStream(FileDescriptor.out), BYTES, STALLED_MILLIS);
  }

  static LogBuffer start(OutputStream out, int bytes, long stalledMillis) {
    LogBuffer buffer = new LogBuffer(out, bytes, stalledMillis);
    Thread.ofPlatform().daemon().name("log").start(buffer::run);
    return buffer;
  }

  /** The line, with its end, that tells how many lines were dropped. */
  void onDropped(LongFunction<byte[]> line) {
    notice = line;
  }

  /** Whether optional work that logs, such as reading from the echo's peers, should wait. */
  public boolean isCrowded() {
    return isFilledTo(ring.length / 2);
  }

  /** Whether all work that logs, such as reading uploads, should wait. */
  public boolean isFull() {
    return isFilledTo(ring.length / 4 * 3);
  }

  private boolean isFilledTo(int bytes) {
    lock.lock();
    try {
      return tail - head >= bytes && !stalled();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the reader has stalled: nobody needs to wait, since lines are dropped. */
  public boolean isStalled() {
    lock.lock();
    try {
      return stalled();
    } finally {
      lock.unlock();
    }
  }

  /** How many lines were dropped since the start. */
  public long dropped() {
    return droppedInAll.sum();
  }

  private boolean stalled() {
    return writing && System.nanoTime() - writingSince >= stalledNanos;
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * Takes whole lines. Waits for room while the reader reads, uninterruptibly; drops them if it is
   * stalled, or if they are longer than the buffer.
   */
  @Override
  public void write(byte[] lines, int from, int length) {
    lock.lock();
    try {
      while (length > ring.length - (tail - head) && length <= ring.length && !stalled()) {
        // Others may take the room that there is then.
        awaitOut(tail + length - ring.length, stalledNanos);
      }
      if (length > ring.length - (tail - head)) {
        drop(lines, from, length, tail);
        return;
      }
      int at = (int) (tail % ring.length);
      int first = Math.min(length, ring.length - at);
      System.arraycopy(lines, from, ring, at, first);
      System.arraycopy(lines, from + first, ring, 0, length - first);
      tail += length;
      if (idle) {
        idle = false;
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a byte is out, not longer than that, and not for a stalled reader. Uninterruptibly.
   */
  private void awaitOut(long position, long nanos) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (head < position && !stalled() && deadline - System.nanoTime() > 0) {
      try {
        // In steps: that the reader has stalled is not signalled.
        var _ = progress.awaitNanos(Math.min(deadline - System.nanoTime(), stalledNanos / 10));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drop(byte[] lines, int from, int length, long at) {
    if (dropped == 0) {
      droppedAt = at;
    }
    for (int index = from; index < from + length; index++) {
      if (lines[index] == '\n') {
        dropped++;
        droppedInAll.increment();
      }
    }
  }

  /**
   * Waits until all lines of now are out, but not longer than that, and not for a stalled reader.
   *
   * @return whether they are
   */
  public boolean flush(long millis) {
    lock.lock();
    try {
      long until = tail;
      awaitOut(until, TimeUnit.MILLISECONDS.toNanos(millis));
      return head >= until;
    } finally {
      lock.unlock();
    }
  }

  /** The thread that writes. */
  private void run() {
    byte[] chunk = new byte[CHUNK_BYTES];
    while (true) {
      long told;
      int length;
      lock.lock();
      try {
        while (tail == head && !isNoticeDue()) {
          idle = true;
          work.awaitUninterruptibly();
        }
        idle = false;
        told = isNoticeDue() ? dropped : 0;
        if (told > 0) {
          chunk = notice.apply(told);
          length = chunk.length;
        } else {
          length = lines();
          chunk = chunk.length < length ? new byte[length] : chunk;
          copy(chunk, length);
        }
        writing = true;
        writingSince = System.nanoTime();
      } finally {
        lock.unlock();
      }
      boolean failed = false;
      try {
        out.write(chunk, 0, length);
      } catch (IOException _) {
        // The reader has gone, or there is no room on its disk. The work goes on without it.
        failed = true;
      }
      lock.lock();
      try {
        writing = false;
        lastFailed = failed;
        if (told == 0) {
          head += length;
          if (failed) {
            drop(chunk, 0, length, head);
          }
        } else if (!failed) {
          dropped -= told;
          droppedAt = tail;
        }
        progress.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether what was written last is what stood before the gap, and the reader takes lines. */
  private boolean isNoticeDue() {
    return dropped > 0 && head >= droppedAt && !lastFailed;
  }

  /** How many bytes to write next: whole lines, and none from beyond a gap. */
  private int lines() {
    long end = dropped > 0 && droppedAt > head ? droppedAt : tail;
    int length = (int) Math.min(end - head, CHUNK_BYTES);
    if (length == end - head) {
      return length;
    }
    int whole = length;
    while (whole > 0 && at(whole - 1) != '\n') {
      whole--;
    }
    if (whole > 0) {
      return whole;
    }
    while (length < end - head && at(length - 1) != '\n') {
      length++;
    }
    return length;
  }

  private byte at(int index) {
    return ring[(int) ((head + index) % ring.length)];
  }

  private void copy(byte[] chunk, int length) {
    int from = (int) (head % ring.length);
    int first = Math.min(length, ring.length - from);
    System.arraycopy(ring, from, chunk, 0, first);
    System.arraycopy(ring, 0, chunk, first, length - first);
  }
}
