package loteria.tool;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import loteria.server.NoCentralException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria status}: how a central is doing. */
@Command(
    name = "status",
    description = {
      "Shows how a central is doing: its agencies, who is missing, the seal and the draw. Asks its"
          + " status port, which a central has at 127.0.0.1:12380 unless told otherwise.",
    },
    showDefaultValues = true,
    footer = {
      "",
      "Example: until it is interrupted",
      "  loteria status --watch",
      "",
      "Exit codes: 0 shown, 2 wrong usage, 69 no central answers there."
    })
final class StatusCommand implements Callable<Integer> {
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final PrintWriter out;

  @Option(
      names = "--watch",
      description = "Shows it again each second, on a terminal; also while the central is away.")
  private boolean watch;

  @Option(names = "--json", description = "Prints what the central says, as it is.")
  private boolean json;

  @Parameters(
      paramLabel = "URL",
      arity = "0..1",
      description = "Where the status port is.",
      defaultValue = "http://127.0.0.1:12380")
  private String url = "";

  StatusCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if (watch && json) {
      throw new UsageException("--watch and --json are not for the same call");
    }
    StatusClient client = new StatusClient(url);
    if (watch && isTerminal()) {
      watch(client);
    } else if (json) {
      out.println(client.ask());
    } else {
      table(client).forEach(out::println);
    }
    return CommandLineOfLoteria.DONE;
  }

  /** Until the program is interrupted. */
  private void watch(StatusClient client) throws IOException {
    List<String> last = List.of();
    while (!Thread.currentThread().isInterrupted()) {
      String away = "";
      try {
        last = table(client);
      } catch (NoCentralException nobody) {
        away = String.valueOf(nobody.getMessage());
      }
      out.print(HOME_AND_CLEAR);
      if (!away.isEmpty()) {
        out.println("away, asked again each second: " + away);
        out.println();
      }
      last.forEach(out::println);
      out.flush();
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> table(StatusClient client) throws IOException {
    try {
      return StatusTable.of(client.ask());
    } catch (IllegalArgumentException other) {
      throw new NoCentralException(String.valueOf(other.getMessage()));
    }
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
