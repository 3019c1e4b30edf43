package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java source is as google-java-format lays it; {@code make format} does. */
final class FormatTest {
  @TempDir Path folder;

  @Test
  void everySourceIsAsTheFormatterLaysIt() {
    Outcome tracked = Command.of("git", "ls-files", "-z", "*.java").in(Root.file("")).run();
    assumeTrue(tracked.exit() == 0, "not a git checkout: which files are sources is not known");
    List<String> sources =
        Stream.of(tracked.output().split("\0"))
            .map(name -> Root.file(name).toString())
            .filter(name -> Files.exists(Path.of(name)))
            .toList();
    assertThat(sources).as("what git knows").hasSizeGreaterThan(100);
    assertThat(misplaced(sources)).as("'make format' lays these").isEmpty();
  }

  @Test
  void aSourceLaidOtherwiseIsFound() throws IOException {
    Path well = Files.writeString(folder.resolve("Well.java"), "final class Well {}\n");
    Path ill = Files.writeString(folder.resolve("Ill.java"), "final class Ill{}\n");
    Path unused =
        Files.writeString(
            folder.resolve("Unused.java"), "import java.util.List;\n\nfinal class Unused {}\n");
    assertThat(misplaced(List.of(well.toString(), ill.toString(), unused.toString())))
        .containsExactlyInAnyOrder(ill.toString(), unused.toString());
  }

  /** Those that the formatter would change. */
  private static List<String> misplaced(List<String> sources) {
    StringWriter named = new StringWriter();
    StringWriter errors = new StringWriter();
    int exit =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(
                new PrintWriter(named),
                new PrintWriter(errors),
                Stream.concat(Stream.of("--dry-run", "--set-exit-if-changed"), sources.stream())
                    .toArray(String[]::new));
    List<String> misplaced = named.toString().lines().toList();
    assertThat(errors.toString()).isEmpty();
    assertThat(exit).isEqualTo(misplaced.isEmpty() ? 0 : 1);
    return misplaced;
  }
}
