package loteria.server.operator;

/** What an operator asks of a central, in one line. Immutable. */
public sealed interface Request permits Closing, Drawing {
  /** The longest line, without its end: two words and a reason fit. */
  int LINE_BYTES_MAX = 256;

  /** Whoever has asked. */
  @FunctionalInterface
  interface Operator {
    /** What became of it; said once. */
    void told(Answer answer);
  }

  /** The line that says it, without its end. */
  String line();

  /**
   * What a line asks for.
   *
   * @throws IllegalArgumentException if it asks for nothing that there is, saying why
   */
  static Request parse(String line) {
    String[] words = line.split(" ", 2);
    if (words.length == 2 && words[0].equals(Closing.VERB)) {
      return Closing.parse(words[1]);
    }
    if (words.length == 2 && words[0].equals(Drawing.VERB)) {
      return Drawing.parse(words[1]);
    }
    throw new IllegalArgumentException("not a line that a central understands");
  }
}
