package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A small shell process that outlives this program to end its children, should it die in a way that
 * runs no hook (kill -9).
 *
 * <p>It is told on its input which processes started and ended. When that input ends, because this
 * program is gone, it sends SIGTERM to those left and two seconds later SIGKILL. It ignores the
 * signals of the terminal, as it would die with the program otherwise. Thread-safe.
 */
final class Guardian implements AutoCloseable {
  private static final long CLOSE_MILLIS_MAX = 1000;

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      alive=' '
      while read -r word pid; do
        case $word in
          started) alive="$alive$pid " ;;
          ended) alive="${alive%% $pid *} ${alive#* $pid }" ;;
        esac
      done
      [ "$alive" = ' ' ] && exit 0
      for pid in $alive; do kill -TERM "$pid"; done
      sleep 2
      for pid in $alive; do kill -KILL "$pid"; done
      """;

  private final Process shell;
  private final OutputStream input;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock, as is the input.
  private final Set<Long> watched = new HashSet<>();

  private Guardian(Process shell) {
    this.shell = shell;
    input = shell.getOutputStream();
  }

  /** Starts a guardian of nobody yet; it needs a POSIX {@code sh}. */
  static Guardian start() throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", SCRIPT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Guardian(shell);
  }

  /** From now on the process {@code pid} is ended when this program is gone. */
  void started(long pid) {
    lock.lock();
    try {
      watched.add(pid);
      tell("started " + pid);
    } finally {
      lock.unlock();
    }
  }

  /** The process {@code pid} is gone, and its number may soon be another's. May be told twice. */
  void ended(long pid) {
    lock.lock();
    try {
      if (watched.remove(pid)) {
        tell("ended " + pid);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the watch, and whoever is left. */
  @Override
  public void close() throws IOException {
    input.close();
    try {
      if (!shell.waitFor(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        // It has children left to end, and goes on by itself.
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException gone) {
      // Somebody ended the guardian: the run goes on, guarded by its own hook alone.
      return;
    }
  }
}
