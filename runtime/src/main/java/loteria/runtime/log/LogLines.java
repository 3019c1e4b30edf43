package loteria.runtime.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import loteria.runtime.JsonText;
import loteria.runtime.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a program's log lines, which are its public contract:
 *
 * <pre>{@code
 * 2026-03-01 12:00:00 INFO     action: ACTION | result: success | key: value | key: value
 * {"time":"2026-03-01T12:00:00.000Z","level":"INFO","action":"ACTION","result":"success","key":1}
 * }</pre>
 *
 * <p>Whatever the values are, a call writes one line, its time in UTC, in UTF-8, in one write.
 * {@link SafeText} and {@link JsonText} make values safe; a value of more than 1024 characters is
 * cut.
 *
 * <p>Thread-safe: lines never interleave. To an output that does not buffer, a line is out of the
 * program when the call returns; a {@link LogBuffer} writes it a moment later.
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

  /** Lines of {@code threshold} and above go to {@code out}, each as one write. */
  public LogLines(OutputStream out, LogStyle style, Level threshold, InstantSource clock) {
    this.out = out;
    this.style = style;
    this.threshold = threshold;
    this.clock = clock;
  }

  /** With the system's clock. */
  public LogLines(OutputStream out, LogStyle style, Level threshold) {
    this(out, style, threshold, InstantSource.system());
  }

  /**
   * Lines to a buffer, with the system's clock; it tells of lines that it dropped in this style.
   */
  public static LogLines to(LogBuffer buffer, LogStyle style, Level threshold) {
    LogLines lines = new LogLines(buffer, style, threshold);
    buffer.onDropped(count ->
        lines.line(
            Level.WARNING,
            "drop_log_lines",
            Result.FAIL,
            "lines",
            count,
            "error",
            "the log could not be written"));
    return lines;
  }

  /** Whether optional work that logs should wait: see {@link LogBuffer#isCrowded()}. */
  public boolean isCrowded() {
    return out instanceof LogBuffer buffer && buffer.isCrowded();
  }

  /** Whether all work that logs should wait: see {@link LogBuffer#isFull()}. */
  public boolean isFull() {
    return out instanceof LogBuffer buffer && buffer.isFull();
  }

  /** Whether the reader of the log has stalled: see {@link LogBuffer#isStalled()}. */
  public boolean isStalled() {
    return out instanceof LogBuffer buffer && buffer.isStalled();
  }

  /** How many lines could not be written since the start, as far as that is known. */
  public long dropped() {
    return out instanceof LogBuffer buffer ? buffer.dropped() : 0;
  }

  /** Whether a line of that level is written at all: ask before a costly value is made. */
  public boolean isEnabled(Level level) {
    return level.compareTo(threshold) >= 0;
  }

  public void debug(String action, Result result, @Nullable Object... pairs) {
    write(Level.DEBUG, action, result, pairs);
  }

  public void info(String action, Result result, @Nullable Object... pairs) {
    write(Level.INFO, action, result, pairs);
  }

  public void warning(String action, Result result, @Nullable Object... pairs) {
    write(Level.WARNING, action, result, pairs);
  }

  public void error(String action, Result result, @Nullable Object... pairs) {
    write(Level.ERROR, action, result, pairs);
  }

  /**
   * Writes one line, if that level is enabled. Never throws because of the output.
   *
   * @param pairs key, value, key, value…
   */
  public void write(Level level, String action, Result result, @Nullable Object... pairs) {
    assert pairs.length % 2 == 0 : "a key without a value";
    if (!isEnabled(level)) {
      return;
    }
    put(line(level, action, result, pairs));
  }

  /**
   * What lines have in common of which so many are written that one is to cost nearly nothing: all
   * but their time, and a number near their end.
   */
  public static final class Alike {
    private final Level level;
    private final byte[] beforeNumber;
    private final byte[] end;

    private Alike(Level level, String beforeNumber, String end) {
      this.level = level;
      this.beforeNumber = beforeNumber.getBytes(StandardCharsets.UTF_8);
      this.end = end.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Lines that have but one pair, whose value is a number. */
  public Alike alike(Level level, String action, Result result, String key) {
    String line = text(level, action, result, key, 0);
    int number = line.lastIndexOf('0');
    return new Alike(level, line.substring(0, number), line.substring(number + 1));
  }

  /** Writes such a line, as {@link #write(Level, String, Result, Object...)} would. */
  public void write(Alike alike, long number) {
    if (!isEnabled(alike.level)) {
      return;
    }
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    int digitsAt = alike.beforeNumber.length;
    int endAt = digitsAt + digits.length;
    byte[] line = Arrays.copyOf(alike.beforeNumber, endAt + alike.end.length);
    System.arraycopy(digits, 0, line, digitsAt, digits.length);
    System.arraycopy(alike.end, 0, line, endAt, alike.end.length);
    put(withTime(line));
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

  private byte[] line(Level level, String action, Result result, @Nullable Object... pairs) {
    return withTime(text(level, action, result, pairs).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] withTime(byte[] line) {
    style.putTime(clock.millis(), line);
    return line;
  }

  /** A line with blanks where its time will be. */
  private String text(Level level, String action, Result result, @Nullable Object... pairs) {
    StringBuilder line = new StringBuilder(LINE_CHARACTERS_USUAL);
    if (style == LogStyle.JSON) {
      line.append("{\"time\":\"").repeat(' ', UtcTime.RFC_3339_BYTES).append('"');
      member(line, "level", level);
      member(line, "action", action);
      member(line, "result", result);
      for (int index = 0; index < pairs.length; index += 2) {
        member(line, String.valueOf(pairs[index]), pairs[index + 1]);
      }
      return line.append("}\n").toString();
    }
    line.repeat(' ', UtcTime.BYTES + 1);
    style.append(line, level);
    SafeText.append(line.append("action: "), action, VALUE_CHARACTERS_MAX);
    line.append(" | result: ").append(result);
    for (int index = 0; index < pairs.length; index += 2) {
      line.append(" | ");
      SafeText.append(line, String.valueOf(pairs[index]), VALUE_CHARACTERS_MAX);
      line.append(": ");
      SafeText.append(line, String.valueOf(pairs[index + 1]), VALUE_CHARACTERS_MAX);
    }
    return line.append('\n').toString();
  }

  private static void member(StringBuilder line, String key, @Nullable Object value) {
    line.append(',');
    JsonText.append(line, key, VALUE_CHARACTERS_MAX);
    line.append(':');
    if (value instanceof Integer || value instanceof Long || value == null) {
      line.append(value);
    } else {
      JsonText.append(line, value.toString(), VALUE_CHARACTERS_MAX);
    }
  }
}
