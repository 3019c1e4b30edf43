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

/** Every link of a document leads to a file of the project, and to a heading of it. */
class DocumentLinksTest {
  private static final Path ROOT = Root.file("");
  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
  private static final Pattern NOT_IN_A_SLUG = Pattern.compile("[^\\p{L}\\p{N} _-]");

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
