package loteria.runtime;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The one writer of a program's log lines, which are its public contract:
 *
 * <pre>{@code
 * 2026-03-01 12:00:00 INFO     action: ACTION | result: success | key: value | key: value
 * }</pre>
 *
 * <p>Whatever the values are, a call writes one line, its time in UTC, in UTF-8, in one write. Bars
 * in values become {@code ¦}, control characters, line breaks and lone surrogates U+FFFD, and a
 * value of more than 1024 characters is cut.
 *
 * <p>Thread-safe: lines never interleave. A line is out of the program when the call returns, so
 * that a halt loses none.
 */
public final class LogLines {
  private static final int VALUE_CHARACTERS_MAX = 1024;
  private static final int LINE_CHARACTERS_USUAL = 160;

  private final OutputStream out;
  private final LogStyle style;
  private final Level threshold;
  private final InstantSource clock;
  // Held across the write: a pipe takes a long write in pieces, and the lines of two threads would
  // mix.
  private final ReentrantLock writing = new ReentrantLock();

  /** Lines of {@code threshold} and above go to {@code out}, which should not buffer. */
  public LogLines(OutputStream out, LogStyle style, Level threshold, InstantSource clock) {
    this.out = out;
    this.style = style;
    this.threshold = threshold;
    this.clock = clock;
  }

  /** Lines on the standard output, in UTF-8 whatever the locale, with the system's clock. */
  public static LogLines toStandardOutput(LogStyle style, Level threshold) {
    return new LogLines(
        new FileOutputStream(FileDescriptor.out), style, threshold, InstantSource.system());
  }

  /** Whether a line of that level is written at all: ask before a costly value is made. */
  public boolean isEnabled(Level level) {
    return level.compareTo(threshold) >= 0;
  }

  public void debug(String action, Result result, Object... pairs) {
    write(Level.DEBUG, action, result, pairs);
  }

  public void info(String action, Result result, Object... pairs) {
    write(Level.INFO, action, result, pairs);
  }

  public void warning(String action, Result result, Object... pairs) {
    write(Level.WARNING, action, result, pairs);
  }

  public void error(String action, Result result, Object... pairs) {
    write(Level.ERROR, action, result, pairs);
  }

  /**
   * Writes one line, if that level is enabled. Never throws because of the output.
   *
   * @param pairs key, value, key, value…
   */
  public void write(Level level, String action, Result result, Object... pairs) {
    assert pairs.length % 2 == 0 : "a key without a value";
    if (!isEnabled(level)) {
      return;
    }
    put(line(level, action, result, pairs).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What lines have in common of which so many are written that one is to cost nearly nothing: all
   * but their time, and the number at their end.
   */
  public static final class Alike {
    private final Level level;
    private final byte[] common;

    private Alike(Level level, byte[] common) {
      this.level = level;
      this.common = common;
    }
  }

  /** Lines that have but one pair, whose value is a number. */
  public Alike alike(Level level, String action, Result result, String key) {
    String common = " " + beginning(level, action, result).append(" | ").append(key).append(": ");
    return new Alike(level, common.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes such a line, as {@link #write(Level, String, Result, Object...)} would. */
  public void write(Alike alike, long number) {
    if (!isEnabled(alike.level)) {
      return;
    }
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    int digitsAt = UtcTime.BYTES + alike.common.length;
    byte[] line = new byte[digitsAt + digits.length + 1];
    UtcTime.put(clock.millis(), line, 0);
    System.arraycopy(alike.common, 0, line, UtcTime.BYTES, alike.common.length);
    System.arraycopy(digits, 0, line, digitsAt, digits.length);
    line[line.length - 1] = '\n';
    put(line);
  }

  /** Writes whatever lines are written to those that are given, together in one write. */
  public void together(Consumer<LogLines> several) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    several.accept(new LogLines(bytes, style, threshold, clock));
    put(bytes.toByteArray());
  }

  private void put(byte[] bytes) {
    writing.lock();
    try {
      out.write(bytes);
    } catch (IOException closed) {
      // The reader of our lines has gone, and there is no one left to tell. The work goes on
      // without it.
    } finally {
      writing.unlock();
    }
  }

  private String line(Level level, String action, Result result, Object... pairs) {
    StringBuilder line = beginning(level, action, result);
    line.insert(0, ' ').insert(0, UtcTime.text(clock.millis()));
    for (int index = 0; index < pairs.length; index += 2) {
      line.append(" | ");
      SafeText.append(line, String.valueOf(pairs[index]), VALUE_CHARACTERS_MAX);
      line.append(": ");
      SafeText.append(line, String.valueOf(pairs[index + 1]), VALUE_CHARACTERS_MAX);
    }
    return line.append('\n').toString();
  }

  /** A line without its time, up to its result. */
  private StringBuilder beginning(Level level, String action, Result result) {
    StringBuilder beginning = new StringBuilder(LINE_CHARACTERS_USUAL);
    style.append(beginning, level);
    SafeText.append(beginning.append("action: "), action, VALUE_CHARACTERS_MAX);
    return beginning.append(" | result: ").append(result);
  }
}
