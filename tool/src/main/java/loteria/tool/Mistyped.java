package loteria.tool;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.runtime.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is said of a word of a command line for which there is no command, flag or argument. */
final class Mistyped {
  private Mistyped() {}

  /**
   * The first of the words that is a flag, else the first: what it is not, and what may be meant.
   *
   * @param words that the command does not know, at least one
   */
  static String say(CommandLine command, List<String> words) {
    CommandSpec spec = command.getCommandSpec();
    boolean picks = !spec.subcommands().isEmpty();
    String first = words.getFirst();
    String word = picks ? first : words.stream().filter(Mistyped::isFlag).findFirst().orElse(first);
    if (isFlag(word)) {
      String name = word.split("=", 2)[0];
      Stream<String> flags = spec.options().stream().map(OptionSpec::names).flatMap(Stream::of);
      return "there is no flag " + name + nearest(name, flags.toList()).orElse("");
    }
    if (picks) {
      return "there is no command "
          + (word.isBlank() ? "'" + word + "'" : word)
          + nearest(word, spec.subcommands().keySet()).orElse("; `loteria help` lists them");
    }
    return "there is an argument too many: '" + word + "'";
  }

  private static boolean isFlag(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  /** A question after the nearest name, if it is about the same. */
  private static Optional<String> nearest(String wrong, Collection<String> names) {
    String name = Nearest.to(wrong, names);
    return Nearest.isNear(wrong, name)
        ? Optional.of("; did you mean " + name + "?")
        : Optional.empty();
  }
}
