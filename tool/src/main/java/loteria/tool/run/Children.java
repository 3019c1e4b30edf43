package loteria.tool.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Every program that a run started: none of them outlives {@link #stop()}, and none is started
 * after it.
 *
 * <p>Should this program die in a way that runs no hook (kill -9), a small shell process ends them
 * in its place: it is told on its input who started and ended, and that input ends with this
 * program. It ignores the signals of the terminal, as it would die with the program otherwise.
 *
 * <p>Thread-safe; the children's logs are for the run's own thread.
 */
final class Children implements AutoCloseable {
  /** How long the programs may take to stop by themselves. */
  private static final long STOP_MILLIS_MAX = 2000;

  private static final long KILL_MILLIS_MAX = 2000;

  private static final String GUARDIAN =
      """
      trap '' INT TERM HUP
      alive=' '
      while read -r word pid; do
        case $word in
          started) alive="$alive$pid " ;;
          ended) case $alive in *" $pid "*) alive="${alive%% $pid *} ${alive#* $pid }" ;; esac ;;
        esac
      done
      [ "$alive" = ' ' ] && exit 0
      kill -TERM $alive
      sleep 2
      kill -KILL $alive
      """;

  private final Process guardian;
  private final Writer toGuardian;

  // Guarded by this.
  private final List<Child> children = new ArrayList<>();
  private boolean stopping;

  private Children(Process guardian) {
    this.guardian = guardian;
    this.toGuardian = guardian.outputWriter(StandardCharsets.US_ASCII);
  }

  /** None yet; it needs a POSIX {@code sh}. */
  static Children guarded() throws IOException {
    return new Children(
        new ProcessBuilder("sh", "-c", GUARDIAN)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /**
   * As {@link Child#start}.
   *
   * @throws IOException also when all is being stopped
   */
  synchronized Child start(
      String name, List<String> command, Path directory, Consumer<String> lines)
      throws IOException {
    // Under the lock: a stop must see every process there is, or that one would be left behind.
    if (stopping) {
      throw new IOException(name + " is not started: the run is being stopped");
    }
    Child child = Child.start(name, command, directory, lines);
    children.add(child);
    long pid = child.process().pid();
    tell("started " + pid);
    // Its number may soon be another's.
    var _ = child.process().onExit().thenRun(() -> tell("ended " + pid));
    return child;
  }

  private synchronized void tell(String line) {
    try {
      toGuardian.write(line + "\n");
      toGuardian.flush();
    } catch (IOException gone) {
      // Somebody ended the guardian: the run goes on, guarded by its own hook alone.
      return;
    }
  }

  private synchronized List<Child> refuseMore() {
    stopping = true;
    return List.copyOf(children);
  }

  /**
   * Stops all that are alive: SIGTERM to each, {@value #STOP_MILLIS_MAX} ms for all of them, then
   * SIGKILL to the rest. When it returns none is left. May be called again, and at the same time.
   */
  void stop() {
    List<Process> all = refuseMore().stream().map(Child::process).toList();
    all.forEach(Process::destroy);
    awaitEnd(all, STOP_MILLIS_MAX);
    all.forEach(Process::destroyForcibly);
    awaitEnd(all, KILL_MILLIS_MAX);
  }

  /** Waits until all have ended, or so long. */
  private static void awaitEnd(List<Process> programs, long millis) {
    CompletableFuture<?>[] ends =
        programs.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
  }

  /** Stops all and lets go of their logs. */
  @Override
  public void close() throws IOException {
    stop();
    for (Child child : refuseMore()) {
      child.close();
      if (!child.isAlive()) {
        tell("ended " + child.process().pid()); // it may not have been told yet
      }
    }
    try {
      toGuardian.close();
      guardian.waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
