package loteria.checks.torture.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import loteria.testing.Command;

/** What has to be done below Java, in C; compiled when it is first needed. Thread-safe. */
public enum CProgram {
  /** A disk in trouble, to be preloaded. */
  DISK(true),
  /** A clock that jumps, to be preloaded. */
  CLOCK(true),
  /** Cuts the power of the file system that its argument is on. */
  POWERCUT(false);

  private final boolean preloaded;

  CProgram(boolean preloaded) {
    this.preloaded = preloaded;
  }

  /** Why none of them can be had on this machine; empty if they can. */
  public static Optional<String> unavailable() {
    return Machine.lacks("gcc");
  }

  /** The compiled program. */
  public Path path() {
    return Compiled.FOLDER.resolve(name());
  }

  private void compileIn(Path folder) throws IOException {
    String file = name().toLowerCase(Locale.ROOT) + ".c";
    Path source = folder.resolve(file);
    try (InputStream resource =
        Objects.requireNonNull(CProgram.class.getResourceAsStream(file), file)) {
      Files.copy(resource, source);
    }
    Command command = Command.of("gcc", "-O1", "-o", folder.resolve(name()), source);
    var ignored = (preloaded ? command.and("-shared", "-fPIC") : command).run().succeeded();
    source.toFile().deleteOnExit();
    folder.resolve(name()).toFile().deleteOnExit();
  }

  /** Made when it is first asked for. */
  private static final class Compiled {
    private static final Path FOLDER = compile();

    private static Path compile() {
      try {
        Path folder = Files.createTempDirectory("torture").toRealPath();
        // The files in it are deleted first: the last that is registered goes first.
        folder.toFile().deleteOnExit();
        for (CProgram program : values()) {
          program.compileIn(folder);
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot compile what makes trouble", e);
      }
    }
  }
}
