package loteria.checks.torture.machine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has, and lets us do. */
public final class Machine {
  private Machine() {}

  /** Says which of these programs is missing; empty if all are there. */
  public static Optional<String> lacks(String... programs) {
    return Stream.of(programs)
        .filter(program -> !has(program))
        .findFirst()
        .map(program -> "there is no " + program);
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** How many files a process has open. */
  public static long openFiles(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot see which files %d has open".formatted(pid), e);
    }
  }

  /** Why nothing can be mounted; empty if it can. */
  public static Optional<String> mountsNothing() {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.of("only root may mount");
    }
    return lacks("mount", "umount");
  }
}
