package loteria.runtime.settings;

import java.io.Serial;
import loteria.runtime.ExitCode;
import loteria.runtime.SafeText;

/**
 * The configuration cannot be used. The message is one line that names the setting, its value,
 * where that was written, and what is wrong with it. A program exits with {@link
 * ExitCode#BAD_CONFIGURATION}.
 */
public final class BadSettingException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private static final int QUOTED_CHARACTERS_MAX = 200;
  private static final int PROBLEM_CHARACTERS_MAX = 700;

  private BadSettingException(String message) {
    super(message);
  }

  /** {@code problem} goes on from the value: "is given twice". */
  static BadSettingException ofValue(String name, String value, String source, String problem) {
    return new BadSettingException(
        "setting %s = \"%s\" (%s) %s"
            .formatted(
                quoted(name), quoted(value), source, SafeText.of(problem, PROBLEM_CHARACTERS_MAX)));
  }

  /** {@code places} says where it could have been given. */
  static BadSettingException ofMissing(String name, String places, String allowed) {
    return new BadSettingException(
        "setting " + name + " (" + places + ") is missing; allowed: " + allowed);
  }

  /**
   * {@code source} is the file, with a line if the trouble is in one; {@code problem} goes on from
   * it.
   */
  static BadSettingException ofFile(String source, String problem, String allowed) {
    return new BadSettingException(
        "configuration " + source + ": " + quoted(problem) + "; allowed: " + allowed);
  }

  private static String quoted(String text) {
    return SafeText.of(text, QUOTED_CHARACTERS_MAX);
  }
}
