package loteria.tool.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import loteria.lottery.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command of the tool, which returns its exit code. It throws {@link UsageException} for a wrong
 * argument and {@link java.io.IOException}, checked or not, for a world that fails.
 */
public abstract class ToolCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** What this is a command of, once the command line was read. */
  protected final CommandSpec tool() {
    return spec().root();
  }

  /** What prints on the standard output. */
  protected final PrintWriter out() {
    return spec().commandLine().getOut();
  }

  /** What prints on the standard error. */
  protected final PrintWriter err() {
    return spec().commandLine().getErr();
  }

  /** Prints a line, whoever has written what is in it: see {@link Visible}. */
  protected final void line(String format, Object... values) {
    out().println(Visible.text(format.formatted(values)));
  }

  /** Whether this process has a terminal. */
  protected static boolean hasTerminal() {
    // Null without one, or a console that says so: that depends on the JDK.
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Prints a line on the standard error, behind the command's name. */
  protected final void complain(@Nullable String line) {
    err().println(Visible.text(spec().qualifiedName() + ": " + line));
  }

  /** The same of each warning. */
  protected final void warn(List<String> warnings) {
    warnings.forEach(warning -> complain("warning: " + warning));
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "set before the call");
  }
}
