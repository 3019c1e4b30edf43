package loteria.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import loteria.runtime.StandardOutput;
import loteria.server.CentralManual;
import loteria.tool.bets.CheckCommand;
import loteria.tool.bets.GenerateCommand;
import loteria.tool.command.ToolCommand;
import loteria.tool.inspect.DumpCommand;
import loteria.tool.inspect.ExportCommand;
import loteria.tool.inspect.VerifyCommand;
import loteria.tool.inspect.WinnersCommand;
import loteria.tool.operate.CertificatesCommand;
import loteria.tool.operate.CloseCommand;
import loteria.tool.operate.DrawCommand;
import loteria.tool.operate.KafkaCommand;
import loteria.tool.run.Programs;
import loteria.tool.run.RunCommand;
import loteria.tool.status.StatusCommand;

/**
 * {@code loteria}, the tool for people: one command a job, each with {@code --help}. The lottery's
 * two programs are commands as well, whose command lines are their own to read; the launcher starts
 * them directly.
 *
 * <p>It exits 0 when the job is done, 1 when it failed, 2 when it was asked for wrongly, 69 when no
 * central answers and 74 when the standard output cannot be written; what went wrong is one line on
 * the standard error. Output is UTF-8 whatever the locale.
 */
public final class Main {
  private Main() {}

  /** Runs the command that {@code arguments} name, and exits. */
  public static void main(String[] arguments) {
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "central" -> loteria.server.Main.main(afterTheFirst(arguments));
      case "agency" -> loteria.client.Main.main(afterTheFirst(arguments));
      // Without what only commands need, since whoever asks for it often does so in a script.
      case "--version" -> System.exit(CentralManual.manual().print(arguments));
      default ->
          System.exit(
              run(
                  Programs.installed(),
                  new StandardOutput(),
                  new FileOutputStream(FileDescriptor.err),
                  arguments));
    }
  }

  private static String[] afterTheFirst(String[] arguments) {
    return Arrays.copyOfRange(arguments, 1, arguments.length);
  }

  /** Runs a command: the exit code. A command whose output is lost ends where it is. */
  static int run(Programs programs, OutputStream output, OutputStream errors, String... arguments) {
    // Whatever is written is the same in every locale: digits and separators too.
    Locale.setDefault(Locale.ROOT);
    PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(errors, true, StandardCharsets.UTF_8);
    return new CommandLineOfLoteria(commands(programs, output), out, err).execute(arguments);
  }

  /** Every command of the tool: a new one is a class of its own and a line here. */
  private static List<ToolCommand> commands(Programs programs, OutputStream output) {
    return List.of(
        new GenerateCommand(),
        new CertificatesCommand(),
        new RunCommand(programs),
        new CheckCommand(System.in),
        new VerifyCommand(),
        new WinnersCommand(),
        new DumpCommand(),
        new CloseCommand(),
        new DrawCommand(),
        new StatusCommand(),
        new ExportCommand(output),
        new KafkaCommand(),
        new CompletionCommand());
  }
}
