package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/** The lines of the documents fit an editor; rows of tables and blocks of code are as they are. */
final class DocumentLinesTest {
  private static final Path ROOT = Root.file("");
  private static final int CHARACTERS_MAX = 120;
  private static final String FENCE = "```";

  @Test
  void fitAnEditor() throws IOException {
    List<Path> documents = Documents.all();
    List<String> tooLong = new ArrayList<>();
    for (Path document : documents) {
      String name = ROOT.relativize(document).toString();
      tooLong.addAll(tooLong(name, Files.readAllLines(document)));
    }
    assertThat(tooLong).as("lines of more than %d characters", CHARACTERS_MAX).isEmpty();
    assertThat(documents).hasSizeGreaterThan(25);
  }

  @Test
  void onesThatAreTooLongAreFound() {
    String full = "é".repeat(CHARACTERS_MAX);
    String more = full + "é";
    assertThat(
            tooLong(
                "a.md",
                List.of(full, more, "| " + more + " |", FENCE + "sh", more, FENCE, "- " + full)))
        .containsExactly("a.md:2: 121 characters", "a.md:7: 122 characters");
  }

  private static List<String> tooLong(String name, List<String> lines) {
    List<String> tooLong = new ArrayList<>();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      code ^= line.startsWith(FENCE);
      int characters = lines.get(i).codePointCount(0, lines.get(i).length());
      if (!code && !line.startsWith("|") && characters > CHARACTERS_MAX) {
        tooLong.add("%s:%d: %d characters".formatted(name, i + 1, characters));
      }
    }
    return tooLong;
  }
}
