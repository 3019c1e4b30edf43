package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.client.AgencyManual;
import loteria.kafka.options.NoBrokersException;
import loteria.kafka.options.UnsafeTopicsException;
import loteria.lottery.Visible;
import loteria.runtime.ExitCode;
import loteria.runtime.Failures;
import loteria.runtime.StandardOutput;
import loteria.runtime.settings.Manual;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.server.CentralManual;
import loteria.server.control.NoCentralException;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The tool's command line: picks a command, runs it, and turns what goes wrong into one line and an
 * exit code. Whatever a command throws but what {@link ToolCommand} says is a bug, and shows its
 * trace.
 */
final class CommandLineOfLoteria {
  /** The lottery's two programs. */
  static final List<Manual> PROGRAMS = List.of(CentralManual.manual(), AgencyManual.manual());

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+");
  private static final String TOO_MUCH = "is out of range";
  private static final String TOO_LONG = "has more than 64 bits";

  /** How the help of an argument names what is allowed. */
  private static final Pattern RANGE = Pattern.compile("[0-9]+ to [0-9]+");

  private final CommandLine commandLine;

  CommandLineOfLoteria(List<ToolCommand> commands, PrintWriter out, PrintWriter err) {
    commandLine = new CommandLine(new Root());
    commandLine
        .getCommandSpec()
        .addOption(help())
        .addOption(version())
        .versionProvider(() -> CentralManual.manual().version().lines().toArray(String[]::new));
    PROGRAMS.forEach(program -> commandLine.addSubcommand(new CommandLine(command(program))));
    commands.forEach(commandLine::addSubcommand);
    commandLine.addSubcommand(new HelpCommand());
    // The library's own converters take digits of any script and a plus sign.
    commandLine
        .registerConverter(Path.class, CommandLineOfLoteria::path)
        .registerConverter(int.class, text -> decimal(text, Integer::valueOf, TOO_MUCH))
        .registerConverter(Integer.class, text -> decimal(text, Integer::valueOf, TOO_MUCH))
        .registerConverter(long.class, text -> decimal(text, Long::valueOf, TOO_LONG))
        .registerConverter(Long.class, text -> decimal(text, Long::valueOf, TOO_LONG));
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

  /** Runs what was asked for, to the last byte; help and version too can lose their output. */
  private static int execute(CommandLine.ParseResult parsed) {
    try {
      int code = new CommandLine.RunLast().execute(parsed);
      parsed.commandSpec().commandLine().getOut().flush();
      return code;
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

  private static OptionSpec version() {
    return OptionSpec.builder("--version")
        .versionHelp(true)
        .description("Shows the versions of all that is spoken and written, and exits.")
        .build();
  }

  /**
   * A program as a command, for the list of commands and for completion: it is never run from here,
   * for {@link Main} hands its arguments to it as they are.
   */
  private static CommandSpec command(Manual program) {
    CommandSpec command = CommandSpec.create().name(program.program());
    command.usageMessage().description(program.purpose());
    for (Setting<?> setting : program.settings()) {
      command.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel("VALUE")
              .type(String.class)
              .description(setting.meaning())
              .build());
    }
    OptionSpec check =
        OptionSpec.builder(Settings.CHECK)
            .description("Shows each setting and where it comes from, and exits.")
            .build();
    return command.addOption(check).addOption(version());
  }

  /** A variable that is not set is no path: it would be the present directory. */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("is empty; allowed: a path");
    }
    return Path.of(text);
  }

  /** A number in ASCII digits, perhaps after a minus sign; leading zeros do not count. */
  private static <N> N decimal(String text, Function<String, N> parse, String tooMuch) {
    if (DECIMAL.matcher(text).matches()) {
      try {
        return parse.apply(text);
      } catch (NumberFormatException _) {
        throw new TypeConversionException("'%s' %s".formatted(text, tooMuch));
      }
    }
    throw new TypeConversionException("'%s' is not a plain decimal number".formatted(text));
  }

  /** A word that nobody knows may be why another is missing: it is told first. */
  private static int usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    List<String> unknown =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : wrong instanceof MissingParameterException
                ? command.getUnmatchedArguments()
                : List.of();
    return usage(
        command,
        unknown.isEmpty() ? wrong.getMessage() + allowed(wrong) : Mistyped.say(command, unknown));
  }

  /** What is allowed instead, if the help of the argument says it. */
  private static String allowed(ParameterException wrong) {
    @Nullable ArgSpec argument = wrong.getArgSpec();
    String help = argument == null ? "" : String.join(" ", argument.description());
    Matcher range = RANGE.matcher(help);
    return range.find() ? "; allowed: " + range.group() : "";
  }

  private static int usage(CommandLine command, @Nullable String wrong) {
    String name = command.getCommandSpec().qualifiedName();
    String line = String.valueOf(wrong).lines().findFirst().orElse("wrong arguments");
    complain(command, "%s (see %s --help)".formatted(line, name));
    return ExitCode.USAGE;
  }

  /** A line on the standard error, whoever has written what is in it. */
  private static void complain(CommandLine command, String line) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(Visible.text(name + ": " + line));
  }

  private static int failed(Exception failure, CommandLine command) throws Exception {
    String name = command.getCommandSpec().qualifiedName();
    return switch (failure) {
      case StandardOutput.LostException lost -> lost.exitCode(name, System.err);
      case UsageException wrong -> usage(command, wrong.getMessage());
      case UnsafeTopicsException refused -> {
        refused.wrong().forEach(line -> complain(command, line));
        yield ExitCode.FAILED;
      }
      case IOException world -> {
        complain(command, Failures.oneLine(world));
        yield world instanceof NoCentralException || world instanceof NoBrokersException
            ? ExitCode.UNREACHABLE
            : ExitCode.FAILED;
      }
      case UncheckedIOException world ->
          failed(Objects.requireNonNull(world.getCause(), "it has one"), command);
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
