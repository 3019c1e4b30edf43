package loteria.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import loteria.runtime.StandardOutput;
import loteria.server.CentralManual;

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
    // Whatever is written is the same in every locale: digits and separators too.
    Locale.setDefault(Locale.ROOT);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "central" -> loteria.server.Main.main(afterTheFirst(arguments));
      case "agency" -> loteria.client.Main.main(afterTheFirst(arguments));
      // Without what only commands need, since whoever asks for it often does so in a script.
      case "--version" -> System.exit(CentralManual.manual().print(arguments));
      default -> command(arguments);
    }
  }

  private static String[] afterTheFirst(String[] arguments) {
    return Arrays.copyOfRange(arguments, 1, arguments.length);
  }

  private static void command(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command: the exit code. A command whose output is lost ends where it is. */
  private static int run(String[] arguments) {
    StandardOutput output = new StandardOutput();
    PrintWriter out = utf8(output);
    PrintWriter err = utf8(new FileOutputStream(FileDescriptor.err));
    return new CommandLineOfLoteria(commands(output, out, err), out, err).execute(arguments);
  }

  /** Every command of the tool: a new one is a class of its own and a line here. */
  private static List<Callable<Integer>> commands(
      OutputStream output, PrintWriter out, PrintWriter err) {
    return List.of(
        new GenerateCommand(out),
        new CertificatesCommand(out),
        new RunCommand(Programs.installed(), out, err),
        new CheckCommand(out, err),
        new VerifyCommand(out),
        new WinnersCommand(out),
        new DumpCommand(out),
        new CloseCommand(out),
        new DrawCommand(out),
        new StatusCommand(out),
        new ExportCommand(output, err),
        new KafkaCommand(out, err),
        new CompletionCommand(out));
  }

  private static PrintWriter utf8(OutputStream output) {
    return new PrintWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8), true);
  }
}
