package loteria.tool;

import java.util.List;

/** The arguments of a fake program: {@code --flag value} pairs. */
final class Arguments {
  private final List<String> words;

  Arguments(String[] words) {
    this.words = List.of(words);
  }

  String of(String flag) {
    int at = words.indexOf(flag);
    if (at < 0) {
      throw new IllegalArgumentException("no " + flag + " in " + words);
    }
    return words.get(at + 1);
  }
}
