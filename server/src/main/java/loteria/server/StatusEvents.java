package loteria.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The status as it goes on: a thread looks each second, and at once when something has happened,
 * and whoever listens is handed the last look. A listener that is slow misses looks; nothing
 * queues.
 *
 * <p>Thread-safe.
 */
final class StatusEvents implements AutoCloseable {
  /** How many may listen. */
  static final int LISTENERS_MAX = 32;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Between two looks, however much happens. */
  private static final long PAUSE_MILLIS = 100;

  private final StatusSource source;
  private final Thread thread = Thread.ofVirtual().name("status-events").unstarted(this::run);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private int listeners;
  private long looks;
  private byte[] event = {};
  private boolean closed;

  /** Nobody looks until it is started. */
  StatusEvents(StatusSource source) {
    this.source = source;
  }

  void start() {
    thread.start();
  }

  private void run() {
    long start = System.nanoTime();
    long seconds = 0;
    try {
      while (ending.getCount() > 0) {
        long left = start + (seconds + 1) * SECOND_NANOS - System.nanoTime();
        if (source.figures().awaitNews(Math.max(left, 0))) {
          say();
          var _ = ending.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } else {
          seconds = (System.nanoTime() - start) / SECOND_NANOS;
          source.sample(seconds);
          say();
        }
      }
      // How it was at the end, whatever there was no time for.
      say();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void say() {
    if (!isListenedTo()) {
      return;
    }
    byte[] look = event();
    lock.lock();
    try {
      event = look;
      looks++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isListenedTo() {
    lock.lock();
    try {
      return listeners > 0;
    } finally {
      lock.unlock();
    }
  }

  private byte[] event() {
    return "event: status\ndata: %s\n\n"
        .formatted(StatusJson.of(source.status()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Begins to listen, unless as many do as may. */
  Optional<Listener> listen() {
    lock.lock();
    try {
      if (closed || listeners == LISTENERS_MAX) {
        return Optional.empty();
      }
      listeners++;
      return Optional.of(new Listener(looks));
    } finally {
      lock.unlock();
    }
  }

  /** One who listens; for one thread. */
  final class Listener implements AutoCloseable {
    private long seen;
    private boolean begun;

    private Listener(long seen) {
      this.seen = seen;
    }

    /** The first event at once, then each that is new; nothing at the end. */
    Optional<byte[]> next() throws InterruptedException {
      if (!begun) {
        begun = true;
        return Optional.of(event());
      }
      lock.lock();
      try {
        while (looks == seen && !closed) {
          changed.await();
        }
        if (looks == seen) {
          return Optional.empty();
        }
        seen = looks;
        return Optional.of(event);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        listeners--;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends the thread, and all listening once the last event was handed out. Idempotent. */
  @Override
  public void close() {
    ending.countDown();
    source.figures().wake();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
