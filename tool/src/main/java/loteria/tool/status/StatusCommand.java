package loteria.tool.status;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Visible;
import loteria.runtime.ExitCode;
import loteria.server.control.NoCentralException;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code loteria status}: how a central is doing. */
@Command(
    name = "status",
    description = {
      "Shows how a central is doing: its agencies, those that need attention first, the seal and"
          + " the draw. Asks its status port. On a terminal the table fits the screen; elsewhere it"
          + " has every agency.",
    },
    footer = {
      "",
      "Example: until it is interrupted",
      "  loteria status --watch",
      "",
      "Example: once the draw was held; a line of JSON a second for another program",
      "  loteria status --wait drawn && loteria verify datos/today",
      "  loteria status --watch --json | jq --unbuffered .bets",
      "",
      "Exit codes: 0 shown, 2 wrong usage, 69 no central answers there."
    })
public final class StatusCommand extends ToolCommand {
  private static final String ENVIRONMENT = "LOTERIA_STATUS";
  private static final String FALLBACK = "127.0.0.1:12380";

  /** Back to the first line, without clearing: what stays the same does not flicker. */
  private static final String HOME = "\u001b[H";

  private static final String TO_THE_END_OF_THE_LINE = "\u001b[K";
  private static final String TO_THE_END_OF_THE_SCREEN = "\u001b[J";

  /** What {@code --wait} waits for: a member of the status that is not null; shells complete it. */
  static final class Wanted implements ITypeConverter<String>, Iterable<String> {
    @Override
    public String convert(String text) {
      return switch (text) {
        case "sealed" -> "seal";
        case "drawn" -> "draw";
        default -> throw new TypeConversionException("'" + text + "' is neither sealed nor drawn");
      };
    }

    @Override
    public Iterator<String> iterator() {
      return List.of("sealed", "drawn").iterator();
    }
  }

  @Option(
      names = "--watch",
      description =
          "Shows it again each second, also while the central is away; with --json a line a"
              + " second.")
  private boolean watch;

  @Option(names = "--json", description = "Prints what the central says, as it is.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "sealed|drawn",
      description = "Waits until it is so, also while the central is away, and then shows it.",
      converter = Wanted.class,
      completionCandidates = Wanted.class)
  private @Nullable String wanted;

  @Parameters(
      paramLabel = "HOST:PORT",
      arity = "0..1",
      description =
          "Where the status port is, or its URL. Without it, what LOTERIA_STATUS says, else "
              + FALLBACK
              + ".",
      showDefaultValue = Visibility.NEVER)
  private @Nullable String address;

  @Override
  public Integer call() throws UsageException, IOException {
    StatusClient client = client();
    if (watch || wanted != null) {
      follow(client);
    } else {
      print(client.ask());
    }
    return ExitCode.DONE;
  }

  private StatusClient client() throws UsageException {
    String environment = System.getenv().getOrDefault(ENVIRONMENT, "");
    String given = address;
    if (given != null || environment.isEmpty()) {
      return new StatusClient(given == null ? FALLBACK : given);
    }
    if (environment.equals("off")) {
      throw new UsageException(
          ENVIRONMENT + " is off: such a central has no status port; name that of another");
    }
    try {
      return new StatusClient(environment);
    } catch (UsageException wrong) {
      throw new UsageException(ENVIRONMENT + ": " + wrong.getMessage());
    }
  }

  /** Asks each second, until it is as wanted or the program is interrupted. */
  private void follow(StatusClient client) throws IOException {
    String until = wanted;
    String last = "";
    while (!Thread.currentThread().isInterrupted()) {
      String away = "";
      try {
        String said = client.ask();
        boolean there = StatusTable.has(said, until == null ? "state" : until);
        last = said;
        if (until != null && there) {
          print(last);
          return;
        }
      } catch (NoCentralException nobody) {
        away = String.valueOf(nobody.getMessage());
      }
      if (watch) {
        show(last, away);
      }
      pause();
    }
  }

  private void print(String status) throws NoCentralException {
    if (json) {
      out().println(status);
    } else {
      StatusTable.of(status, screen()).forEach(out()::println);
    }
  }

  /** The next of many: over the last one on a terminal, after it elsewhere. */
  private void show(String status, String away) throws NoCentralException {
    if (json) {
      if (away.isEmpty()) {
        out().println(status);
      }
      return;
    }
    Screen screen = screen();
    boolean terminal = screen.isTerminal();
    String end = terminal ? TO_THE_END_OF_THE_LINE + "\n" : "\n";
    StringBuilder shown = new StringBuilder(terminal ? HOME : "");
    if (!away.isEmpty()) {
      shown.append(screen.cut("away, asked again each second: " + Visible.text(away))).append(end);
      screen = screen.withoutARow();
    }
    if (!status.isEmpty()) {
      StatusTable.of(status, screen).forEach(line -> shown.append(line).append(end));
    }
    out().print(shown.append(terminal ? TO_THE_END_OF_THE_SCREEN : "\n"));
    out().flush();
  }

  private static Screen screen() {
    return hasTerminal() ? Screen.terminal() : Screen.NONE;
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
