package loteria.checks.mutants;

import java.util.Optional;

/**
 * A deliberate bug: some text of a source file, and what it becomes.
 *
 * @param name what the program then does wrong
 * @param module the module that it is in
 * @param file the source file's name, without its ending: the only one of that name in the module
 * @param before text that is in the file exactly once
 * @param test the test class of that module that must catch it, where the simulation cannot come;
 *     empty if the simulation must
 */
public record Mutation(
    String name, String module, String file, String before, String after, Optional<String> test) {

  /** One that the simulation must catch. */
  public Mutation(String name, String module, String file, String before, String after) {
    this(name, module, file, before, after, Optional.empty());
  }

  /** The same, for a test class to catch. */
  Mutation caughtBy(String testClass) {
    return new Mutation(name, module, file, before, after, Optional.of(testClass));
  }

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
