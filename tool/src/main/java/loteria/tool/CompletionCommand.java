package loteria.tool;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.runtime.ExitCode;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

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
final class CompletionCommand extends ToolCommand {
  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private String shell = "";

  @Override
  public Integer call() throws UsageException {
    CommandSpec tool = tool();
    out()
        .print(
            switch (shell) {
              // One script is for both: it asks which shell reads it.
              case "bash", "zsh" -> AutoComplete.bash(tool.name(), tool.commandLine());
              case "fish" -> fish(tool.commandLine());
              default ->
                  throw new UsageException("shell of '" + shell + "' is not bash, zsh or fish");
            });
    out().flush();
    return ExitCode.DONE;
  }

  /** The script for fish, which picocli does not make. */
  private static String fish(CommandLine tool) {
    String name = tool.getCommandName();
    StringBuilder script = new StringBuilder("# fish completion of " + name + "\n");
    tool.getSubcommands()
        .forEach((command, line) -> {
          script.append(
              "complete -c %s -n __fish_use_subcommand -f -a %s -d %s\n"
                  .formatted(
                      name,
                      command,
                      quotedFirst(line.getCommandSpec().usageMessage().description())));
          for (OptionSpec option : line.getCommandSpec().options()) {
            script.append(
                "complete -c %s -n '__fish_seen_subcommand_from %s' %s%s -d %s\n"
                    .formatted(
                        name,
                        command,
                        names(option),
                        option.arity().max() > 0 ? " -r" : "",
                        quotedFirst(option.description())));
          }
        });
    return script.toString();
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(it -> it.startsWith("--") ? "-l " + it.substring(2) : "-s " + it.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String quotedFirst(String[] description) {
    String text = description.length == 0 ? "" : description[0];
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
