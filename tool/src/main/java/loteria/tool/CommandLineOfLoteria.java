package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import loteria.client.AgencyManual;
import loteria.kafka.NoBrokersException;
import loteria.runtime.ExitCode;
import loteria.runtime.StandardOutput;
import loteria.server.CentralManual;
import loteria.server.control.NoCentralException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The tool's command line: picks a command, runs it, and turns what goes wrong into one line and an
 * exit code.
 *
 * <p>A command is annotated with picocli's {@code @Command} and returns its exit code. It throws
 * {@link UsageException} for a wrong argument and {@link IOException} for a world that fails;
 * anything else is a bug and shows its trace.
 */
final class CommandLineOfLoteria {
  /** The job is done. */
  static final int DONE = 0;

  /** The job failed. */
  static final int FAILED = 1;

  /** The job was asked for wrongly. */
  static final int USAGE = 2;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+");

  private final CommandLine commandLine;

  CommandLineOfLoteria(List<Callable<Integer>> commands, PrintWriter out, PrintWriter err) {
    commandLine = new CommandLine(new Root());
    commandLine.getCommandSpec().addOption(help()).addOption(version());
    commandLine
        .getCommandSpec()
        .versionProvider(() -> CentralManual.manual().version().lines().toArray(String[]::new));
    List.of(CentralManual.manual(), AgencyManual.manual())
        .forEach(program -> commandLine.addSubcommand(new CommandLine(ProgramCommand.of(program))));
    commands.forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new HelpCommand(out));
    // The library's own converters take digits of any script and a plus sign.
    commandLine
        .registerConverter(int.class, text -> decimal(text, Integer::valueOf))
        .registerConverter(Integer.class, text -> decimal(text, Integer::valueOf))
        .registerConverter(long.class, text -> decimal(text, Long::valueOf))
        .registerConverter(Long.class, text -> decimal(text, Long::valueOf));
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setExecutionStrategy(CommandLineOfLoteria::execute);
    commandLine.setParameterExceptionHandler((wrong, arguments) -> usage(wrong));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, command));
  }

  /** Runs the command that {@code arguments} name and returns its exit code. */
  int execute(String... arguments) {
    return commandLine.execute(arguments);
  }

  /** Runs what was asked for; help and version too can lose their output. */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (StandardOutput.LostException lost) {
      return lost.exitCode("loteria", System.err);
    }
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .scopeType(ScopeType.INHERIT)
        .description("Shows this and exits.")
        .build();
  }

  static OptionSpec version() {
    return OptionSpec.builder("--version")
        .versionHelp(true)
        .description("Shows the versions of all that is spoken and written, and exits.")
        .build();
  }

  /** A number in ASCII digits, perhaps after a minus sign; leading zeros do not count. */
  private static <N> N decimal(String text, Function<String, N> parse) {
    if (DECIMAL.matcher(text).matches()) {
      try {
        return parse.apply(text);
      } catch (NumberFormatException _) {
        // Too many digits.
      }
    }
    throw new TypeConversionException("'%s' is not a plain decimal number".formatted(text));
  }

  private static int usage(ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      message += "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
    }
    return usage(wrong.getCommandLine(), message);
  }

  private static int usage(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .println(
            name
                + ": "
                + message.lines().findFirst().orElse("wrong arguments")
                + " (see "
                + name
                + " --help)");
    return USAGE;
  }

  private static int failed(Exception failure, CommandLine command) throws Exception {
    return switch (failure) {
      case StandardOutput.LostException lost ->
          lost.exitCode(command.getCommandSpec().qualifiedName(), System.err);
      case UsageException wrong -> usage(command, wrong.getMessage());
      case IOException world -> {
        command
            .getErr()
            .println(command.getCommandSpec().qualifiedName() + ": " + Failures.oneLine(world));
        yield world instanceof NoCentralException || world instanceof NoBrokersException
            ? ExitCode.UNREACHABLE
            : FAILED;
      }
      default -> throw failure;
    };
  }

  /** The tool itself, which does nothing without a command. */
  @Command(
      name = "loteria",
      description = "The lottery's central and agencies, and tools for them.",
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Example: 80,000 bets of five agencies, and the whole lottery on them",
        "  loteria generate .data",
        "  loteria run --data .data --directory datos/today",
        "",
        "Example: whether all that the lottery has left agrees",
        "  loteria verify datos/today",
        "",
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 69 nobody answers, 74 the standard output"
            + " cannot be written; the help of central and agency names more."
      })
  private static final class Root {}
}
