package loteria.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a program ends: by a signal, in order and with exit code 0, or by its own will, with its own
 * exit code. Whichever comes first holds.
 *
 * <pre>
 *              SIGTERM, SIGINT, SIGHUP
 *   running ---------------------------> stopping   orderly stop, at most its limit; then halt(0)
 *      |
 *      |  exit(code)
 *      +-------------------------------> exiting    no stop; halt(code), though a signal come now
 * </pre>
 *
 * <p>The JVM itself would exit with 143 after a SIGTERM, so the one shutdown hook here ends in
 * {@code halt}.
 *
 * <p>Thread-safe. A program makes one, and ends its main in {@link #exit} on every path: a main
 * that just returns or throws looks like a signal.
 */
public final class Termination {
  private static final Duration STOP_LIMIT = Duration.ofMillis(800);
  private static final Duration FLUSH_LIMIT = Duration.ofMillis(100);
  private static final int RUNNING = -1;
  private static final int STOPPING = -2;

  private final Runnable orderlyStop;
  private final @Nullable LongConsumer flushLog;
  private volatile Duration stopLimit = STOP_LIMIT;
  // RUNNING, then STOPPING or the exit code, for good.
  private final AtomicInteger ending = new AtomicInteger(RUNNING);

  private Termination(Runnable orderlyStop, @Nullable LongConsumer flushLog) {
    this.orderlyStop = orderlyStop;
    this.flushLog = flushLog;
  }

  /**
   * From now on a signal runs {@code orderlyStop} and then ends the program with exit code 0, also
   * when the stop throws or is not done after 800 ms, which leaves the JVM time to be gone within a
   * second.
   *
   * @param orderlyStop runs once at most, in a thread of its own. It must not wait for a thread
   *     that is in {@link #exit}.
   */
  public static Termination onSignal(Runnable orderlyStop) {
    return onSignal(orderlyStop, null);
  }

  /**
   * As {@link #onSignal(Runnable)}. Whichever way the program ends, it waits until the log is
   * written, at most 800 ms, the stop included, and 100 ms if the stop has used them up.
   *
   * @param flushLog waits until the log is written, so many milliseconds at most; null if nothing
   *     of it is held back
   */
  public static Termination onSignal(Runnable orderlyStop, @Nullable LongConsumer flushLog) {
    Termination termination = new Termination(orderlyStop, flushLog);
    Runtime.getRuntime().addShutdownHook(new Thread(new Hook(termination), "termination"));
    return termination;
  }

  /** From now on the orderly stop may take so long: one that has to wait for other machines. */
  public void allow(Duration longer) {
    stopLimit = longer;
  }

  /** A class and not a lambda, which the JVM would have to link while an agency starts. */
  private record Hook(Termination termination) implements Runnable {
    @Override
    public void run() {
      termination.end();
    }
  }

  /**
   * Ends the program with that code, without the orderly stop. Never returns: if a signal came
   * first, the caller waits here for the end that it brings.
   *
   * @param code 0 to 255
   */
  public void exit(int code) {
    exit(code, System.nanoTime());
  }

  /**
   * As {@link #exit(int)}, but not before a time. A signal that comes meanwhile ends the program at
   * once, with that code.
   *
   * @param notBefore a value of {@link System#nanoTime()}
   */
  public void exit(int code, long notBefore) {
    assert code >= 0 && code <= 255 : code;
    if (ending.compareAndSet(RUNNING, code)) {
      pause(notBefore - System.nanoTime());
      flush(STOP_LIMIT);
      // As the hook would, but without what Runtime.exit loads to log that it was called.
      System.out.flush();
      System.err.flush();
      Runtime.getRuntime().halt(code);
    }
    // Blocks forever, since the end has begun already: so says Runtime.exit.
    System.exit(code);
  }

  private static void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException _) {
      // Then the end comes early.
      Thread.currentThread().interrupt();
    }
  }

  /** The shutdown hook: the JVM runs it once, after a signal or within exit. */
  private void end() {
    int code = ending.compareAndExchange(RUNNING, STOPPING);
    if (code == RUNNING) {
      stop();
      flush(FLUSH_LIMIT);
      code = ExitCode.DONE;
    } else {
      flush(STOP_LIMIT);
    }
    Runtime.getRuntime().halt(code);
  }

  private void flush(Duration atMost) {
    if (flushLog != null) {
      flushLog.accept(atMost.toMillis());
    }
  }

  private void stop() {
    Thread stopping = new Thread(this::stopAndFlush, "orderly-stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      boolean ignored = stopping.join(stopLimit);
    } catch (InterruptedException impossible) {
      // Nobody has this thread to interrupt it. If someone did, what is right is still to halt.
    }
  }

  /** In the bounded thread, since a flush to a pipe that nobody reads waits forever. */
  private void stopAndFlush() {
    try {
      orderlyStop.run();
    } finally {
      flush(STOP_LIMIT);
      System.out.flush();
      System.err.flush();
    }
  }
}
