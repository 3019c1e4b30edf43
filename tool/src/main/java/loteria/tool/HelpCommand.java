package loteria.tool;

import java.util.List;
import loteria.runtime.ExitCode;
import loteria.runtime.settings.Manual;
import loteria.tool.command.ToolCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code loteria help}: what {@code --help} shows. */
@Command(
    name = "help",
    description = "Shows the help of a command, or the list of commands.",
    footer = {"", "Example:", "  loteria help verify", "", "Exit codes: 0 shown, 2 wrong usage."})
final class HelpCommand extends ToolCommand {
  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command.")
  private @Nullable String command;

  @Override
  public Integer call() {
    CommandLine tool = tool().commandLine();
    String wanted = command;
    if (wanted == null) {
      tool.usage(out());
      return ExitCode.DONE;
    }
    CommandLine found = tool.getSubcommands().get(wanted);
    if (found == null) {
      throw new UnmatchedArgumentException(tool, List.of(wanted));
    }
    // The two programs read their own command lines, and have their own help.
    CommandLineOfLoteria.PROGRAMS.stream()
        .filter(program -> program.program().equals(wanted))
        .map(Manual::help)
        .findFirst()
        .ifPresentOrElse(out()::print, () -> found.usage(out()));
    return ExitCode.DONE;
  }
}
