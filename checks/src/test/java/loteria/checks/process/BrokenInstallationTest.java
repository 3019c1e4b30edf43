package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.journal.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in which something is wrong that nobody foresaw must not end as if all were well. */
final class BrokenInstallationTest {
  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void prepare() throws IOException {
    programs = Programs.in(folder);
  }

  @AfterEach
  void end() {
    programs.close();
  }

  @Test
  void aCentralThatLacksAJarHasFailed() throws Exception {
    assertFails(Line.Layout.CENTRAL, without(Journal.class, programs.centralCommand(1)));
  }

  @Test
  void anAgencyThatLacksAJarHasFailed() throws Exception {
    programs.lay(1, List.of("\"Ana\",Paz,30904465,1999-03-17,1")); // for the CSV library to read
    Running central = programs.central(1);
    assertFails(Line.Layout.AGENCY, without(CsvReader.class, programs.agencyCommand(1)));
    central.assertNothingFailed();
  }

  private void assertFails(Line.Layout layout, List<String> command) {
    try (Running running = Running.start("broken", layout, programs.builder(command, Map.of()))) {
      running.assertExits(1);
      assertThat(running.lines())
          .filteredOn(Line::fails)
          .singleElement()
          .satisfies(line -> assertThat(line.value("error")).contains("NoClassDefFoundError"));
      assertThat(running.strays()).isEmpty();
    }
  }

  private static List<String> without(Class<?> type, List<String> command)
      throws URISyntaxException {
    String jar =
        Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    String classPath = System.getProperty("java.class.path");
    String rest =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).toAbsolutePath().toString().equals(jar))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(rest).isNotEqualTo(classPath);
    return command.stream().map(word -> word.equals(classPath) ? rest : word).toList();
  }
}
