package loteria.kafka.brokers;

import java.io.Serial;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import loteria.runtime.log.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * What Kafka's clients log: warnings and errors alone, and of those only so many. They try again
 * what they warn of, and say so each time. Thread-safe.
 */
final class ClientLog {
  /** So many lines may come at once, and then one each {@link #ONE_EACH_SECONDS}. */
  static final int BURST = 3;

  static final int ONE_EACH_SECONDS = 10;

  /**
   * slf4j makes its loggers by itself, and has one log for a whole program: so this is the
   * program's, too. What is said before a log is opened is dropped.
   */
  private static final AtomicReference<@Nullable ClientLog> PROGRAMS = new AtomicReference<>();

  /**
   * Part of what they warn of in the middle of good order: the brokers have not told everybody of
   * the transaction before, and are asked again.
   */
  private static final String USUAL = "CONCURRENT_TRANSACTIONS";

  private final BiConsumer<Level, String> lines;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private double allowed = BURST;
  private long filled;
  private long leftOut;

  /** The clock is like {@link System#nanoTime()}. */
  ClientLog(BiConsumer<Level, String> lines, LongSupplier nanoTime) {
    this.lines = lines;
    this.nanoTime = nanoTime;
    this.filled = nanoTime.getAsLong();
  }

  /** From now on the clients of this program log here. */
  static void use(ClientLog log) {
    PROGRAMS.set(log);
  }

  static Logger logger(String name) {
    return new ClientLogger(name);
  }

  void said(Level level, String what) {
    if (what.contains(USUAL)) {
      return;
    }
    long before;
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      double more = (now - filled) / (double) TimeUnit.SECONDS.toNanos(ONE_EACH_SECONDS);
      allowed = Math.min(BURST, allowed + more);
      filled = now;
      if (allowed < 1) {
        leftOut++;
        return;
      }
      allowed--;
      before = leftOut;
      leftOut = 0;
    } finally {
      lock.unlock();
    }
    lines.accept(
        level, before == 0 ? what : "%s (%d lines left out before)".formatted(what, before));
  }

  private static final class ClientLogger extends LegacyAbstractLogger {
    @Serial private static final long serialVersionUID = 1L;

    ClientLogger(String name) {
      this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return PROGRAMS.get() != null;
    }

    @Override
    public boolean isErrorEnabled() {
      return PROGRAMS.get() != null;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        org.slf4j.event.Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      @Nullable ClientLog log = PROGRAMS.get();
      if (log == null) {
        return;
      }
      String text = String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments));
      log.said(
          level == org.slf4j.event.Level.ERROR ? Level.ERROR : Level.WARNING,
          thrown == null ? text : text + ": " + thrown);
    }
  }
}
