package loteria.checks.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import loteria.testing.Root;

/** The documents of the project. */
final class Documents {
  private Documents() {}

  /** All of them, in order. */
  static List<Path> all() throws IOException {
    try (Stream<Path> docs = Files.walk(Root.file("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "findings/README.md")
                  .map(Root::file),
              docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
