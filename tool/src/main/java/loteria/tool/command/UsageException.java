package loteria.tool.command;

import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command was asked for something that it does not do; the message is one line that says what and
 * what is allowed.
 */
public final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public UsageException(String line) {
    super(line);
  }

  /** Requires that a value, if it is given, lies between two limits, both included. */
  public static void requireWithin(String what, @Nullable Integer value, int min, int max)
      throws UsageException {
    if (value != null && (value < min || value > max)) {
      throw new UsageException(
          "%s of %d is not between %d and %d".formatted(what, value, min, max));
    }
  }

  /** What is made of arguments, unless its maker refuses them: then that is the line. */
  public static <T> T made(Supplier<T> maker) throws UsageException {
    try {
      return maker.get();
    } catch (IllegalArgumentException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()));
    }
  }
}
