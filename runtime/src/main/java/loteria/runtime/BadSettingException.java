package loteria.runtime;

import java.io.Serial;

/**
 * The configuration cannot be used. The message is one line that names key, value, source and what
 * is allowed. A program exits with {@link ExitCode#BAD_CONFIGURATION}.
 */
public final class BadSettingException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private static final int QUOTED_CHARACTERS_MAX = 200;

  private final String key;
  private final String value;
  private final String source;
  private final String allowed;

  private BadSettingException(
      String message, String key, String value, String source, String allowed) {
    super(message);
    this.key = key;
    this.value = value;
    this.source = source;
    this.allowed = allowed;
  }

  /** {@code problem} goes on from the value: "is not allowed". */
  static BadSettingException ofValue(
      String key, String value, String source, String allowed, String problem) {
    String message =
        "setting "
            + quoted(key)
            + " = \""
            + quoted(value)
            + "\" ("
            + source
            + ") "
            + problem
            + "; allowed: "
            + allowed;
    return new BadSettingException(message, key, value, source, allowed);
  }

  /** A value that is allowed and yet cannot be used here and now. */
  static BadSettingException ofUnusable(
      String key, String value, String source, String allowed, String why) {
    String message =
        "setting %s = \"%s\" (%s) cannot be used: %s"
            .formatted(quoted(key), quoted(value), source, why);
    return new BadSettingException(message, key, value, source, allowed);
  }

  static BadSettingException ofMissing(String key, String source, String allowed) {
    String message = "setting " + quoted(key) + " (" + source + ") is missing; allowed: " + allowed;
    return new BadSettingException(message, key, "", source, allowed);
  }

  /**
   * {@code source} is the file, with a line if the trouble is in one; {@code problem} goes on from
   * it.
   */
  static BadSettingException ofFile(String source, String problem, String allowed) {
    String message = "configuration " + source + ": " + quoted(problem) + "; allowed: " + allowed;
    return new BadSettingException(message, "", "", source, allowed);
  }

  /**
   * The setting's name in the file, or in the environment if it has none there; empty if the whole
   * file is at fault.
   */
  public String key() {
    return key;
  }

  /** The value as it was written; empty if there is none. */
  public String value() {
    return value;
  }

  /**
   * Where it was written: {@code file server/config.ini line 4}, {@code environment SERVER_PORT},
   * {@code default}.
   */
  public String source() {
    return source;
  }

  /** Which values are allowed, in words. */
  public String allowed() {
    return allowed;
  }

  private static String quoted(String text) {
    return SafeText.of(text, QUOTED_CHARACTERS_MAX);
  }
}
