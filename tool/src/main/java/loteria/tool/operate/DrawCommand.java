package loteria.tool.operate;

import java.io.IOException;
import java.nio.file.Path;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.runtime.ExitCode;
import loteria.server.operator.Answer;
import loteria.server.operator.Drawing;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria draw}: an operator says the number of a lottery whose bets are sealed. */
@Command(
    name = "draw",
    description = {
      "Holds the draw of a central that was started with --draw wait: says the winning number, once"
          + " the bets are sealed. The agencies that wait are told their winners at once.",
      "The draw is held once and for good. Said again with the same number it changes nothing, and"
          + " shows the draw; another number is refused. To be run by the owner of the data"
          + " directory, on the central's machine."
    },
    footer = {
      "",
      "Example:",
      "  loteria draw --number 7574 datos/today",
      "",
      "Exit codes: 0 drawn, now or earlier; 1 refused, or no answer; 2 wrong usage; 69 no central"
          + " answers there."
    })
public final class DrawCommand extends ToolCommand {
  @Option(
      names = "--number",
      paramLabel = "N",
      required = true,
      description = "The winning number, 0 to 9999.")
  private int number;

  @Parameters(paramLabel = "DIR", description = "The central's data directory.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws UsageException, IOException {
    switch (OperatorClient.ask(directory, UsageException.made(() -> new Drawing(number)))) {
      case Answer.Drawn(Lottery.Drawn drawn, boolean earlier) ->
          line(
              "number %d %s at %s, with %s",
              drawn.number(),
              earlier ? "was drawn already, as it stays," : "drawn",
              drawn.at(),
              Count.grouped(drawn.winners(), "winner"));
      case Answer.Refused(String why) -> throw new IOException(why);
      case Answer.Closed _ -> throw new IOException("the central speaks of something else");
    }
    return ExitCode.DONE;
  }
}
