package loteria.checks.torture;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has, and lets us do. */
final class Machine {
  private Machine() {}

  /** Says which of these programs is missing; empty if all are there. */
  static Optional<String> lacks(String... programs) {
    return Stream.of(programs)
        .filter(program -> !has(program))
        .findFirst()
        .map(program -> "there is no " + program);
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Why nothing can be mounted; empty if it can. */
  static Optional<String> mountsNothing() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may mount");
    }
    return lacks("mount", "umount");
  }
}
