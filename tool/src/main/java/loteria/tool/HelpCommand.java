package loteria.tool;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import loteria.client.AgencyManual;
import loteria.runtime.Manual;
import loteria.server.CentralManual;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loteria help}: what {@code --help} shows. */
@Command(
    name = "help",
    description = "Shows the help of a command, or the list of commands.",
    footer = {"", "Example:", "  loteria help verify", "", "Exit codes: 0 shown, 2 wrong usage."})
final class HelpCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command.")
  private @Nullable String command;

  HelpCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException {
    CommandLine tool = Objects.requireNonNull(spec, "set before the call").root().commandLine();
    String wanted = command;
    if (wanted == null) {
      tool.usage(out);
      return CommandLineOfLoteria.DONE;
    }
    CommandLine found = tool.getSubcommands().get(wanted);
    if (found == null) {
      throw new UsageException("there is no command '" + wanted + "'");
    }
    // The two programs read their own command lines, and have their own help.
    Stream.of(CentralManual.manual(), AgencyManual.manual())
        .filter(program -> program.program().equals(wanted))
        .map(Manual::help)
        .findFirst()
        .ifPresentOrElse(out::print, () -> found.usage(out));
    return CommandLineOfLoteria.DONE;
  }
}
