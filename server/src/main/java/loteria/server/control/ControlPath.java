package loteria.server.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to the control socket of a data directory. A socket's path may have some 100 bytes (107
 * on Linux: unix(7)), whatever a directory's may: one that is longer is gone by a symbolic link,
 * which lies in a temporary folder of its own and is taken away when this is closed.
 */
final class ControlPath implements AutoCloseable {
  /** The socket's name in the data directory. */
  static final String NAME = "control";

  /** Where it is made, before it gets its name: a folder that nobody else may enter. */
  private static final String UNFINISHED = "control.unfinished";

  private static final String UNFINISHED_SOCKET = "socket";
  private static final int PATH_BYTES_MAX = 100;

  private final Path directory;
  private final Optional<Path> temporary;

  private ControlPath(Path directory, Optional<Path> temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  static ControlPath of(Path data) throws IOException {
    Path longest = data.resolve(UNFINISHED).resolve(UNFINISHED_SOCKET);
    if (longest.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX) {
      return new ControlPath(data, Optional.empty());
    }
    Path temporary = Files.createTempDirectory("loteria");
    Path link = temporary.resolve("data");
    Files.createSymbolicLink(link, data.toAbsolutePath());
    return new ControlPath(link, Optional.of(temporary));
  }

  /** The socket itself. */
  Path socket() {
    return directory.resolve(NAME);
  }

  /** A folder in the data directory, to make the socket in. */
  Path unfinished() {
    return directory.resolve(UNFINISHED);
  }

  /** The socket while it is made. */
  Path unfinishedSocket() {
    return unfinished().resolve(UNFINISHED_SOCKET);
  }

  /** Takes the link away. Idempotent. */
  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      Files.deleteIfExists(directory);
      Files.deleteIfExists(temporary.get());
    }
  }
}
