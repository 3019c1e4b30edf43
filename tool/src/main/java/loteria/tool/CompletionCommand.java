package loteria.tool;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loteria completion}: a script by which a shell completes the tool's command line. */
@Command(
    name = "completion",
    description = "Prints a script by which a shell completes the commands and flags of loteria.",
    footer = {
      "",
      "Example: for this shell, bash, and for those to come",
      "  source <(loteria completion bash)",
      "  loteria completion bash >~/.local/share/bash-completion/completions/loteria",
      "  loteria completion fish >~/.config/fish/completions/loteria.fish",
      "",
      "Exit codes: 0 printed, 2 wrong usage."
    })
final class CompletionCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private String shell = "";

  CompletionCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException {
    CommandSpec tool = Objects.requireNonNull(spec, "set before the call").root();
    out.print(
        switch (shell) {
          // One script is for both: it asks which shell reads it.
          case "bash", "zsh" -> AutoComplete.bash(tool.name(), tool.commandLine());
          case "fish" -> FishCompletion.of(tool.commandLine());
          default -> throw new UsageException("shell of '" + shell + "' is not bash, zsh or fish");
        });
    out.flush();
    return CommandLineOfLoteria.DONE;
  }
}
