package loteria.tool.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import loteria.lottery.Count;

/**
 * Shows how far an upload is: on a terminal one line with a bar, redrawn in place; elsewhere a line
 * a second at most, and only when something has changed. Not thread-safe.
 */
final class Progress {
  private static final int BAR_CELLS = 16;

  /** A line that a terminal of 80 columns does not wrap, or it could not be redrawn. */
  private static final int COLUMNS_MAX = 79;

  private static final long LINE_NANOS = 1_000_000_000L;
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final long rows;
  private final int agencies;
  private final LongSupplier nanoTime;
  private String last = "";
  private String untold = "";
  private long lastNanos;

  /**
   * A progress towards {@code rows} bets of {@code agencies}.
   *
   * @param terminal whether {@code out} is a terminal that understands a carriage return
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  Progress(PrintWriter out, boolean terminal, long rows, int agencies, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.rows = rows;
    this.agencies = agencies;
    this.nanoTime = nanoTime;
    lastNanos = nanoTime.getAsLong() - LINE_NANOS;
  }

  /**
   * Shows that so many bets are stored, and so many agencies done (they know their winners and have
   * ended), after {@code elapsed} of uploading.
   *
   * @param before how many of the bets are known to have been stored before this run
   * @param stored how many were stored by it
   * @param step what is being done, in a word or two
   */
  void show(long before, long stored, int done, String step, Duration elapsed) {
    long rate = rate(stored, elapsed);
    long all = before + stored;
    String counts =
        "%,d/%s, %d/%s done, %s"
            .formatted(all, Count.grouped(rows, "bet"), done, Count.of(agencies, "agency"), step);
    if (terminal) {
      int full = rows == 0 ? BAR_CELLS : (int) (BAR_CELLS * Math.min(all, rows) / rows);
      String bar = "#".repeat(full) + ".".repeat(BAR_CELLS - full);
      String line = "[%s] %s, %,d/s".formatted(bar, counts, rate);
      out.print("\r" + line.substring(0, Math.min(line.length(), COLUMNS_MAX)) + CLEAR_TO_END);
      out.flush();
      last = counts;
    } else {
      // What has changed is told by the counts; the rate alone changes always.
      if (!counts.equals(last)) {
        last = counts;
        untold = "%s, %,d bets/s".formatted(counts, rate);
      }
      if (!untold.isEmpty() && nanoTime.getAsLong() - lastNanos >= LINE_NANOS) {
        tell();
        lastNanos = nanoTime.getAsLong();
      }
    }
  }

  private void tell() {
    if (!untold.isEmpty()) {
      out.println(untold);
      untold = "";
    }
  }

  /**
   * Leaves the line, if one is being redrawn, so that what follows stands on its own. Elsewhere the
   * last line tells how it has ended, however soon after another.
   */
  void end() {
    tell();
    if (terminal && !last.isEmpty()) {
      out.println();
      last = "";
    }
  }

  /** Bets a second; 0 while no time has passed. */
  static long rate(long bets, Duration elapsed) {
    return elapsed.isZero() ? 0 : Math.round(bets / (elapsed.toNanos() / 1e9));
  }
}
