package loteria.journal;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** Another program, or this one, already owns the directory. */
public final class DirectoryLockedException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  DirectoryLockedException(Path directory, String owner) {
    super("directory %s is in use by %s".formatted(directory, owner));
  }
}
