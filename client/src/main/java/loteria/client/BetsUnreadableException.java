package loteria.client;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The agency's own file cannot be read: another attempt would find the same. */
final class BetsUnreadableException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  BetsUnreadableException(Path file, Exception why) {
    super("%s %s".formatted(file, reason(why)), why);
  }

  private static String reason(Exception why) {
    return switch (why) {
      case NoSuchFileException _ -> "does not exist";
      case AccessDeniedException _ -> "may not be read";
      default -> "cannot be read: " + why.getMessage();
    };
  }
}
