package loteria.checks.process.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.journal.Journal;
import org.junit.jupiter.api.Test;

/** A program in which something is wrong that nobody foresaw must not end as if all were well. */
final class BrokenInstallationTest extends ProcessTest {
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
      assertThat(running.onlyFailure().value("error")).contains("NoClassDefFoundError");
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
