package loteria.checks.mutants;

/**
 * A deliberate bug: some text of a source file, and what it becomes.
 *
 * @param name what the program then does wrong
 * @param module the module that it is in
 * @param file the source file's name, without its ending
 * @param before text that is in the file exactly once
 */
record Mutation(String name, String module, String file, String before, String after) {

  /**
   * The source with the bug.
   *
   * @throws IllegalStateException if the text is not there, or more than once
   */
  String applyTo(String source) {
    int at = source.indexOf(before);
    if (at < 0 || source.indexOf(before, at + 1) >= 0) {
      throw new IllegalStateException(
          "%s: this text is %s in %s.java, where it should be once:%n%s"
              .formatted(name, at < 0 ? "not" : "more than once", file, before));
    }
    return source.substring(0, at) + after + source.substring(at + before.length());
  }
}
