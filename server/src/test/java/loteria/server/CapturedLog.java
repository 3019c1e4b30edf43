package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;

/** A central's log, to be looked at and waited for. Thread-safe. */
public final class CapturedLog {
  private static final long PATIENCE_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();

  // Guarded by lock.
  private final List<String> lines = new ArrayList<>();

  private final AtomicLong seconds = new AtomicLong();

  private final ServerLog log =
      new ServerLog(
          new LogLines(
              new Lines(),
              LogStyle.CENTRAL,
              Level.DEBUG,
              InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000))),
          // A second passes with each line, so that a test has all that a stranger says.
          () -> seconds.incrementAndGet() * 1_000_000_000L);

  public ServerLog log() {
    return log;
  }

  public List<String> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  /** The lines with all of these in them. */
  public List<String> with(String... parts) {
    return lines().stream()
        .filter(line -> List.of(parts).stream().allMatch(line::contains))
        .toList();
  }

  /** Waits until so many lines have that in them, but not for ever. */
  public void await(int count, String part) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (lines.stream().filter(line -> line.contains(part)).count() < count) {
        assertThat(left).as("waiting for %d lines of '%s' in %s", count, part, lines).isPositive();
        left = written.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The log writes a line at a time. */
  private final class Lines extends OutputStream {
    @Override
    public void write(int one) {
      throw new AssertionError("a line in pieces");
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      lock.lock();
      try {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        text.lines().map(String::stripTrailing).forEach(lines::add);
        written.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
