package loteria.checks.simulation.run;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time, in microseconds from 0, and what is to happen in it: events at the same time in the
 * order in which they were planned. For one thread.
 */
public final class Agenda {
  public static final long MILLISECOND = 1_000;
  public static final long SECOND = 1_000_000;

  private record Event(long at, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long planned;

  public long now() {
    return now;
  }

  public void in(long wait, Runnable what) {
    at(now + wait, what);
  }

  public void at(long time, Runnable what) {
    assert time >= now : time;
    events.add(new Event(time, planned++, what));
  }

  /** Lets the next event happen; false if there is none. */
  public boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.what().run();
    return true;
  }
}
