package loteria.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import loteria.client.bets.BetSource;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload is, told every now and then, and not at all of one that is soon done: counted
 * from what the central has acknowledged, and from nothing that was only sent. For one thread.
 *
 * <p>How many bets the file has is not known, but how much of it was read, and how many bets that
 * were: what is acknowledged is as much of the one as of the other.
 */
class Progress {
  /** An upload that takes no longer shows nothing, and pays for nothing. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What shows it: a line of its own each time, unless it says otherwise. */
  @FunctionalInterface
  interface Display {
    void show(State state);

    /** How much time passes between two showings, and before the first. */
    default long nanosBetween() {
      return TimeUnit.SECONDS.toNanos(5);
    }

    /** Other lines follow. */
    default void end() {}
  }

  /**
   * How far it is.
   *
   * @param acked bets that are known to be stored
   * @param part which part of the file they are, from 0 to 1
   * @param perSecond bets a second, on average since this program's first acknowledgement
   * @param secondsLeft how long the rest takes at that pace
   */
  record State(long acked, double part, long perSecond, long secondsLeft) {
    int percent() {
      return (int) (100 * part);
    }
  }

  private final ClientLog log;
  private final boolean bar;
  private @Nullable Display display;
  private boolean begun;
  private long start;
  private long ackedAtStart;
  private double partAtStart;
  private long shownAt;

  /**
   * The progress of an upload that has not begun.
   *
   * @param bar whether a bar may be drawn on the terminal, if there is one
   */
  Progress(ClientLog log, boolean bar) {
    this.log = log;
    this.bar = bar;
  }

  /** The clock. */
  long nanoTime() {
    return System.nanoTime();
  }

  /** Makes what shows it, once that is needed. */
  Display newDisplay() {
    Display lines = log::progress;
    return bar ? ProgressBar.onTerminalOr(lines) : lines;
  }

  /**
   * The central has acknowledged bets.
   *
   * @param acked all that it has acknowledged
   * @param taken how many bets were taken from the source
   */
  final void acknowledged(long acked, long taken, BetSource source) throws IOException {
    long now = nanoTime();
    if (!begun) {
      begun = true;
      start = now;
      shownAt = now;
      ackedAtStart = acked;
      partAtStart = part(acked, taken, source);
    }
    if (now - start < QUIET_NANOS) {
      return;
    }
    Display shows = display == null ? newDisplay() : display;
    display = shows;
    if (now - shownAt >= shows.nanosBetween()) {
      shownAt = now;
      shows.show(state(now - start, acked, part(acked, taken, source)));
    }
  }

  private State state(long nanos, long acked, double part) {
    double seconds = nanos / 1e9;
    double more = Math.max(part - partAtStart, Double.MIN_NORMAL);
    return new State(
        acked,
        part,
        Math.round((acked - ackedAtStart) / seconds),
        (long) Math.ceil(seconds * (1 - part) / more));
  }

  private static double part(long acked, long taken, BetSource source) throws IOException {
    return taken == 0 ? 0 : Math.min(1, source.part() * acked / taken);
  }

  /** Nothing more is shown until the next acknowledgement: other lines follow. */
  final void end() {
    if (display != null) {
      display.end();
    }
  }
}
