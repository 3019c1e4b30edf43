package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loteria.testing.Root;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the documents call a class is one of the project's, or of the JDK that it uses, and has the
 * member that they name. The decisions in docs/adr may speak of what is gone.
 */
final class DocumentNamesTest {
  private static final Path ROOT = Root.file("");

  /** A class, or one within another, and perhaps a member: {@code Frame.BYTES_MAX}. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][a-z]\\w*)(?:[.#](\\w+))?(?:[.#]\\w+)?(?:\\([^`]*\\))?`");

  /** The same in the pictures, where no quotes stand: two words joined, so that it is no prose. */
  private static final Pattern PICTURED =
      Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-z]+)*)\\.([a-z]\\w+)\\b");

  private static final Pattern PICTURE = Pattern.compile("(?s)```\\n(.*?)```");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");

  @Test
  void areThoseOfTheSources() throws IOException {
    Map<String, String> types = types();
    List<String> unknown = new ArrayList<>();
    int names = 0;
    for (Path document : Documents.all()) {
      if (isOfThePast(ROOT.relativize(document).toString())) {
        continue;
      }
      String text = Files.readString(document);
      for (MatchResult name : NAME.matcher(text).results().toList()) {
        names++;
        if (!isThere(name.group(1), name.group(2), types)) {
          unknown.add("%s: %s".formatted(ROOT.relativize(document), name.group()));
        }
      }
      String pictures = text.contains("# Architecture") ? pictures(text) : "";
      for (MatchResult name : PICTURED.matcher(pictures).results().toList()) {
        if (!isThere(name.group(1), name.group(2), types)) {
          unknown.add("%s, picture: %s".formatted(ROOT.relativize(document), name.group()));
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(names).isGreaterThan(200);
  }

  @Test
  void aNameThatIsGoneIsFound() throws IOException {
    assertThat(isThere("LedgerThread", null, types())).isFalse();
    assertThat(isThere("Frame", "BYTES_MOST", types())).isFalse();
    assertThat(isThere("Frame", "BYTES_MAX", types())).isTrue();
  }

  private static boolean isOfThePast(String document) {
    return document.startsWith("docs/adr/")
        || document.equals("CHANGELOG.md")
        || document.equals("findings/README.md");
  }

  private static String pictures(String text) {
    StringBuilder pictures = new StringBuilder();
    PICTURE.matcher(text).results().forEach(picture -> pictures.append(picture.group(1)));
    return pictures.toString();
  }

  private static boolean isThere(String type, @Nullable String member, Map<String, String> types)
      throws IOException {
    String source = types.get(type);
    if (source == null) {
      return isOfTheJdk(type) || alerts().contains("alert: " + type + "\n");
    }
    return member == null || Pattern.compile("\\b" + member + "\\b").matcher(source).find();
  }

  private static boolean isOfTheJdk(String type) {
    return Stream.of(
            "java.lang",
            "java.io",
            "java.net",
            "java.util",
            "java.util.concurrent",
            "java.nio.channels")
        .anyMatch(name -> {
          try {
            Class<?> ignored = Class.forName(name + "." + type);
            return true;
          } catch (ClassNotFoundException _) {
            return false;
          }
        });
  }

  private static String alerts() throws IOException {
    return Files.readString(ROOT.resolve("deploy/prometheus-alerts.yaml"));
  }

  /** The source that declares each type; of several, all of them. */
  private static Map<String, String> types() throws IOException {
    Map<String, String> types = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(path -> path.toString().contains("/src/"))
              .filter(path -> path.toString().endsWith(".java"))
              .toList()) {
        String source = Documents.read(file);
        TYPE.matcher(source)
            .results()
            .forEach(type -> types.merge(type.group(1), source, String::concat));
      }
    }
    return types;
  }
}
