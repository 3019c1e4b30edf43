package loteria.tool.operate;

import java.io.IOException;
import java.nio.file.Path;
import loteria.lottery.ClosingReason;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.runtime.ExitCode;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria close}: an operator ends the wait for an agency that will not come. */
@Command(
    name = "close",
    description = {
      "Has the central that runs on a data directory wait no longer for an agency that has not"
          + " finished, for good. The bets that it has stored stay and are sealed; it can bring no"
          + " more, and is told so, with the reason. When nobody is awaited any more, the bets are"
          + " sealed, and the draw is held at once or waits for loteria draw.",
      "Who was closed and why is kept in the journal, and the seal names them. To be run by the"
          + " owner of the data directory, on the central's machine. Said again it changes nothing."
    },
    footer = {
      "",
      "Example: agency 3 will not come",
      "  loteria close --agency 3 --reason 'burnt down, by phone' datos/today",
      "",
      "Exit codes: 0 closed, now or earlier; 1 refused, or no answer; 2 wrong usage; 69 no central"
          + " answers there."
    })
public final class CloseCommand extends ToolCommand {
  /** What Java makes of a letter of an argument that the locale does not know. */
  private static final char LOST_LETTER = '\uFFFD';

  @Option(names = "--agency", paramLabel = "N", description = "The agency, 1 to 65535.")
  private @Nullable Integer agency;

  @Option(
      names = "--all-missing",
      description = "Every agency that has not finished: all of them, or none.")
  private boolean allMissing;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, in one line of at most " + ClosingReason.BYTES_MAX + " bytes.")
  private String reason = "";

  @Parameters(paramLabel = "DIR", description = "The central's data directory.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws UsageException, IOException {
    switch (OperatorClient.ask(directory, closing())) {
      case Answer.Closed done -> print(done);
      case Answer.Refused(String why) -> throw new IOException(why);
      case Answer.Drawn _ -> throw new IOException("the central speaks of something else");
    }
    return ExitCode.DONE;
  }

  private Closing closing() throws UsageException {
    if ((agency == null) != allMissing) {
      throw new UsageException("either --agency or --all-missing is to be given");
    }
    UsageException.requireWithin("agency", agency, 1, Lottery.AGENCIES_MAX);
    if (reason.indexOf(LOST_LETTER) >= 0) {
      throw new UsageException(
          "reason has letters that are lost in this locale; LC_ALL=C.UTF-8 keeps them");
    }
    ClosingReason why = UsageException.made(() -> new ClosingReason(reason));
    return agency == null ? Closing.ofAllMissing(why) : Closing.of(agency, why);
  }

  private void print(Answer.Closed done) {
    done.closed().forEach(closed -> print("closed", closed));
    done.earlier().forEach(closed -> print("closed already, as it stays", closed));
    if (done.closed().isEmpty() && done.earlier().isEmpty()) {
      out().println("no agency is missing: nothing was closed");
    } else if (done.awaited() > 0) {
      out().println("agencies still awaited: " + done.awaited());
    } else {
      out().println("no agency is awaited any more: the bets are sealed");
    }
  }

  private void print(String what, Message.Closed closed) {
    line(
        "agency %d %s, with %s: %s",
        closed.agency(), what, Count.grouped(closed.bets(), "bet"), closed.reason());
  }
}
