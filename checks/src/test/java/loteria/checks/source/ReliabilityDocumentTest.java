package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/** docs/RELIABILITY.md names a test for each fault, and each test that it names is there. */
final class ReliabilityDocumentTest {
  private static final List<Integer> FAULTS = IntStream.rangeClosed(1, 84).boxed().toList();

  /** A numbered fault, and the lines that go on with it. */
  private static final Pattern FAULT = Pattern.compile("(?m)^(\\d+)\\. (.*(?:\\n {3,4}\\S.*)*)");

  /** A class, with or without one of its methods; a method of the class that was named last. */
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)?(?:[#.](\\w+))?`");

  private static final Path ROOT = Root.file("");

  @Test
  void namesATestForEachFault() throws IOException {
    List<MatchResult> faults =
        FAULT.matcher(Files.readString(ROOT.resolve("docs/RELIABILITY.md"))).results().toList();
    Map<String, String> sources = sources();

    assertThat(faults.stream().map(fault -> Integer.parseInt(fault.group(1))))
        .isSorted()
        .doesNotHaveDuplicates()
        .containsAll(FAULTS);
    for (MatchResult fault : faults) {
      List<String> missing = new ArrayList<>();
      String named = "";
      int names = 0;
      for (MatchResult name : NAME.matcher(fault.group(2)).results().toList()) {
        names++;
        named = name.group(1) == null ? named : name.group(1);
        String source = sources.getOrDefault(named, "");
        boolean there = name.group(2) == null || source.contains(" " + name.group(2) + "(");
        if (source.isEmpty() || !there) {
          missing.add(name.group());
        }
      }
      assertThat(names).as("tests of fault %s", fault.group(1)).isPositive();
      assertThat(missing).as("fault %s names what is not there", fault.group(1)).isEmpty();
    }
  }

  /** The source of each test class by its simple name. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Documents::read,
                  String::concat));
    }
  }
}
