package loteria.runtime.settings;

import java.io.Serial;
import loteria.runtime.ExitCode;
import loteria.runtime.SafeText;

/**
 * The command line is wrong; the message says how, in one line. A program exits with {@link
 * ExitCode#USAGE}.
 */
public final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private static final int MESSAGE_CHARACTERS_MAX = 1024;

  public UsageException(String message) {
    super(SafeText.of(message, MESSAGE_CHARACTERS_MAX));
  }
}
