package loteria.client;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A line with a bar, redrawn in place. It leaves the cursor where it begins, so that a log line
 * that comes in between, which is longer, takes its place. For one thread.
 */
final class ProgressBar implements Progress.Display {
  private static final int CELLS = 20;
  private static final String CLEAR_TO_END = "\u001b[K";
  private static final long SHOWN_SECONDS_MAX = 99 * 3600;

  private final OutputStream terminal;

  ProgressBar(OutputStream terminal) {
    this.terminal = terminal;
  }

  /** A bar on a terminal; elsewhere log lines. */
  static Progress.Display onTerminalOr(Progress.Display elsewhere) {
    // Null without a terminal, or a console that says so: that depends on the JDK.
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return terminal ? new ProgressBar(new FileOutputStream(FileDescriptor.out)) : elsewhere;
  }

  @Override
  public long nanosBetween() {
    return TimeUnit.MILLISECONDS.toNanos(200);
  }

  @Override
  public void show(Progress.State state) {
    int full = (int) (CELLS * state.part());
    long left = Math.min(state.secondsLeft(), SHOWN_SECONDS_MAX);
    write(
        String.format(
            Locale.ROOT,
            "[%s%s] %d%%  %,d bets  %,d/s  %d:%02d:%02d left",
            "#".repeat(full),
            ".".repeat(CELLS - full),
            state.percent(),
            state.acked(),
            state.perSecond(),
            left / 3600,
            left / 60 % 60,
            left % 60));
  }

  @Override
  public void end() {
    write("");
  }

  private void write(String line) {
    try {
      terminal.write((line + CLEAR_TO_END + '\r').getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // Nobody looks any more; the upload goes on.
      return;
    }
  }
}
