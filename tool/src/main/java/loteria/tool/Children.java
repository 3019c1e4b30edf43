package loteria.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Every program that a run started: none of them outlives {@link #stop()}, and none is started
 * after it.
 *
 * <p>Stopping may be asked for by several threads (the run's own, and the one that runs when this
 * program is told to end); the rest is for the run's own thread.
 */
final class Children implements AutoCloseable {
  /** How long the programs may take to stop by themselves. */
  static final long STOP_MILLIS_MAX = 2000;

  private static final long KILL_MILLIS_MAX = 2000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore ends = new Semaphore(0);
  private final Guardian guardian;

  // Both guarded by the lock.
  private final List<Child> children = new ArrayList<>();
  private boolean stopping;

  private Children(Guardian guardian) {
    this.guardian = guardian;
  }

  /** None yet; a {@link Guardian} watches over those to come. */
  static Children guarded() throws IOException {
    return new Children(Guardian.start());
  }

  /**
   * Starts {@code command} in {@code directory}, its output appended to {@code NAME.log} there and
   * each line of it handed to {@code lines}.
   *
   * @throws IOException when it cannot be started, or all is being stopped
   */
  Child start(String name, List<String> command, Path directory, Consumer<String> lines)
      throws IOException {
    Path file = directory.resolve(name + ".log");
    LogFollower log = LogFollower.open(file);
    // Held while the process starts: a stop must see every process there is, or that one would be
    // left behind.
    lock.lock();
    try {
      if (stopping) {
        throw new IOException(name + " is not started: the run is being stopped");
      }
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
              .start();
      Child child = new Child(name, process, log, lines);
      children.add(child);
      guardian.started(process.pid());
      var _ = process.onExit().thenRun(() -> ended(process.pid()));
      return child;
    } catch (IOException failure) {
      log.close();
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until another program has ended, or {@code millis} have passed. */
  void awaitAnEnd(long millis) throws InterruptedException {
    if (ends.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      ends.drainPermits();
    }
  }

  /** Whether a stop was asked for. */
  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops all that are alive: SIGTERM to each, {@link #STOP_MILLIS_MAX} for all of them, then
   * SIGKILL to the rest. When it returns none is left. May be called again, and at the same time.
   */
  void stop() {
    List<Child> all = refuseMore();
    try {
      all.stream().filter(Child::alive).forEach(Child::terminate);
      awaitEnd(all, STOP_MILLIS_MAX);
      all.stream().filter(Child::alive).forEach(Child::kill);
      awaitEnd(all, KILL_MILLIS_MAX);
    } catch (InterruptedException interrupted) {
      all.forEach(Child::kill);
      Thread.currentThread().interrupt();
    }
    all.stream().filter(child -> !child.alive()).forEach(child -> guardian.ended(child.pid()));
  }

  /** Stops all and lets go of their logs. */
  @Override
  public void close() throws IOException {
    stop();
    List<Child> all = refuseMore();
    for (Child child : all) {
      child.close();
    }
    guardian.close();
  }

  private void ended(long pid) {
    guardian.ended(pid);
    ends.release();
  }

  private List<Child> refuseMore() {
    lock.lock();
    try {
      stopping = true;
      return List.copyOf(children);
    } finally {
      lock.unlock();
    }
  }

  private static void awaitEnd(List<Child> children, long millis) throws InterruptedException {
    long start = System.nanoTime();
    for (Child child : children) {
      long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (!child.awaitEnd(Math.max(0, millis - passed))) {
        return;
      }
    }
  }
}
