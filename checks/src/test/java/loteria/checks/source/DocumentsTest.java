package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/**
 * The lines of the documents fit an editor, and every link leads to a file of the project, and to a
 * heading of it.
 */
final class DocumentsTest {
  private static final Path ROOT = Root.file("");
  private static final int CHARACTERS_MAX = 120;
  private static final String FENCE = "```";
  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
  private static final Pattern NOT_IN_A_SLUG = Pattern.compile("[^\\p{L}\\p{N} _-]");

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

  @Test
  void leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : Documents.all()) {
      for (String link : linksOf(document)) {
        links++;
        if (!leadsSomewhere(document, link)) {
          broken.add("%s: %s".formatted(ROOT.relativize(document), link));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  /** Those within the project. */
  private static List<String> linksOf(Path document) throws IOException {
    String prose = CODE.matcher(Files.readString(document)).replaceAll("code");
    return LINK.matcher(prose)
        .results()
        .map((MatchResult found) -> found.group(1))
        .filter(link -> !link.contains("://"))
        .toList();
  }

  private static boolean leadsSomewhere(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || slugsOf(target).contains(parts[1]));
  }

  /** The headings as GitHub names them in an address. */
  private static List<String> slugsOf(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(found -> found.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> NOT_IN_A_SLUG.matcher(heading).replaceAll("").replace(' ', '-'))
        .toList();
  }
}
