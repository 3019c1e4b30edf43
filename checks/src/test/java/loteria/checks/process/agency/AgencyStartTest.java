package loteria.checks.process.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.client.AgencyManual;
import loteria.lottery.BetRow;
import loteria.protocol.Codec;
import loteria.runtime.settings.Setting;
import loteria.testing.Root;
import loteria.tls.Tls;
import org.junit.jupiter.api.Test;

/**
 * Most agencies are done within half a second, most of which is their start: what an agency loads
 * that uploads a plain file, with the course's settings file, without an AOT cache.
 */
final class AgencyStartTest extends ProcessTest {
  /**
   * Its own classes are some 80 of them. A Java program loads 420 before it does anything, and a
   * socket and all that it needs of the JDK some 400 more.
   */
  private static final int CLASSES_MAX = 990;

  @Test
  void loadsLittleAndLinksNothing() throws Exception {
    programs.lay(1, List.of("Rocío,Quiroga,30904465,1999-03-17,2201", "A,B,7,2000-01-01,7574"));
    Files.copy(Root.file("client/config.yaml"), folder.resolve("config.yaml"));
    programs.central(1);
    Path log = folder.resolve("classes.log");
    List<String> command = new ArrayList<>(programs.agencyCommand(1));
    command.set(command.indexOf("-cp") + 1, classPath());
    command.add(1, "-Xlog:class+load:file=" + log);
    command.add(1, "-Djdk.reflect.useNativeAccessorOnly=true");

    Running agency = programs.start("agency 1", Line.Layout.AGENCY, command, Map.of());
    agency.assertExits(0);
    assertThat(agency.await("consulta_ganadores", "success").number("cant_ganadores")).isEqualTo(1);
    List<String> loaded = classes(log);
    assertThat(loaded)
        .as("as that an agency does come so far")
        .contains("loteria.client.bets.CsvFile", "loteria.protocol.Message$WinnersPage")
        .as("what costs more than it is worth, each of them")
        .noneMatch(name -> name.startsWith("loteria.") && name.contains("$$Lambda"))
        .noneMatch(name -> name.startsWith("org.snakeyaml."))
        .noneMatch(name -> name.startsWith("de.siegmar."))
        .noneMatch(name -> name.startsWith("java.util.regex."))
        .noneMatch(name -> name.startsWith("java.util.stream."))
        .noneMatch(name -> name.startsWith("java.util.Formatter"))
        .noneMatch(name -> name.startsWith("java.time.format."))
        .noneMatch(name -> name.startsWith("java.time.LocalDate"))
        .noneMatch(name -> name.startsWith("java.lang.runtime."))
        .noneMatch(name -> name.startsWith("java.security.Security"))
        .noneMatch(name -> name.contains("StringConcatFactory"))
        .hasSizeLessThan(CLASSES_MAX);
  }

  private static List<String> classes(Path log) throws IOException {
    // [0.123s][info][class,load] NAME source: WHERE
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.substring(line.lastIndexOf("] ") + 2, line.indexOf(" source: ")))
        .toList();
  }

  /** Of the agency's modules and no other. */
  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> one :
        List.of(AgencyManual.class, Setting.class, BetRow.class, Codec.class, Tls.class)) {
      places.add(
          Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(place -> place.contains("fastcsv") || place.contains("snakeyaml"))
        .forEach(places::add);
    return String.join(File.pathSeparator, places);
  }
}
