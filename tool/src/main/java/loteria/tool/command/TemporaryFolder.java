package loteria.tool.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is deleted, with all that is in it, when it is closed or the program is told to
 * end.
 */
public final class TemporaryFolder implements AutoCloseable {
  private static final int TRIES_MAX = 100;

  private final Path path;
  private final StopHook deletion;

  /** Takes a folder that is there. */
  public TemporaryFolder(Path path) {
    this.path = path;
    deletion = StopHook.install("delete-folder", this::deleteQuietly);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    deletion.close();
    delete();
  }

  /** Again and again, since the program goes on to put something there until it ends. */
  private void deleteQuietly() {
    for (int tries = 0; tries < TRIES_MAX && Files.exists(path); tries++) {
      try {
        delete();
      } catch (IOException | UncheckedIOException _) {
        // The program ends, and says why by itself.
      }
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> found = Files.walk(path)) {
      for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
