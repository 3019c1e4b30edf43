package loteria.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the project under test, and copies of what stands there. */
public final class Root {

  private Root() {}

  /** A file of the project, by its path from the root. */
  public static Path file(String path) {
    return Path.of(System.getProperty("loteria.root", "..")).toAbsolutePath().resolve(path);
  }

  /** Copies files, by their paths from the root, to the same places below {@code folder}. */
  public static void copy(Path folder, String... paths) throws IOException {
    for (String path : paths) {
      Path copy = folder.resolve(path);
      Files.createDirectories(copy.resolveSibling("."));
      Files.copy(file(path), copy);
    }
  }

  /** Writes a program that a shell runs, for {@code sh} alone. */
  public static void program(Path file, String... lines) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }
}
