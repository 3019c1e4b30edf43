package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.client.AgencyManual;
import loteria.runtime.settings.Manual;
import loteria.server.CentralManual;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/** The exit codes are those of the programs' help, wherever a document lists them. */
final class ExitCodesDocumentTest {
  private static final SortedSet<Integer> AGENCY = codes(AgencyManual.manual());
  private static final SortedSet<Integer> ALL = new TreeSet<>(AGENCY);

  static {
    ALL.addAll(codes(CentralManual.manual()));
  }

  private static SortedSet<Integer> codes(Manual program) {
    return numbers("^([0-9]+) ", String.join("\n", program.exitCodes()));
  }

  /** The numbers that the first group of a pattern finds, a line at a time. */
  private static SortedSet<Integer> numbers(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(", ", -1)))
        .map(Integer::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The part of a document between two texts. */
  private static String part(String document, String from, String to) throws IOException {
    String text = Files.readString(Root.file(document));
    int start = text.indexOf(from);
    assertThat(start).as("'%s' in %s", from, document).isNotNegative();
    return text.substring(start, text.indexOf(to, start));
  }

  @Test
  void readmeNamesEachOnce() throws IOException {
    String list = part("README.md", "Exit codes: ", "\n\n").replaceFirst("Exit codes: ", "; ");
    assertThat(numbers(";\\s+([0-9]+) ", list)).isEqualTo(ALL);
  }

  @Test
  void theTablesHaveThoseOfTheirPrograms() throws IOException {
    String row = "^\\| ([0-9]+(?:, [0-9]+)*) \\|";
    assertThat(numbers(row, part("docs/ejercicios.md", "| código | significado", "\n\n")))
        .isEqualTo(ALL);
    assertThat(numbers(row, part("docs/OPERATIONS.md", "| exit code | what it means", "\n\n")))
        .isEqualTo(AGENCY);
    assertThat(ALL)
        .containsAll(numbers(row, part("docs/OPERATIONS.md", "| exit code | it says", "\n\n")));
  }
}
