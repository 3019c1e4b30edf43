package loteria.tool;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, which picocli does not make. */
final class FishCompletion {
  private FishCompletion() {}

  static String of(CommandLine tool) {
    String name = tool.getCommandName();
    StringBuilder script = new StringBuilder("# fish completion of " + name + "\n");
    tool.getSubcommands()
        .forEach((command, line) -> {
          script.append(
              "complete -c %s -n __fish_use_subcommand -f -a %s -d %s\n"
                  .formatted(
                      name,
                      command,
                      quoted(firstOf(line.getCommandSpec().usageMessage().description()))));
          for (OptionSpec option : line.getCommandSpec().options()) {
            script
                .append("complete -c ")
                .append(name)
                .append(" -n '__fish_seen_subcommand_from ")
                .append(command)
                .append("' ")
                .append(names(option))
                .append(option.arity().max() > 0 ? " -r" : "")
                .append(" -d ")
                .append(quoted(firstOf(option.description())))
                .append('\n');
          }
        });
    return script.toString();
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(it -> it.startsWith("--") ? "-l " + it.substring(2) : "-s " + it.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String firstOf(String[] description) {
    return description.length == 0 ? "" : description[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
