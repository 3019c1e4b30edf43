package loteria.checks.process.surroundings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Line;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.testing.Command;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's locale may have other digits or separators: all that is written is the same. */
final class LocaleTest {
  private static final String USUAL = "en_US";

  @TempDir Path folder;

  /**
   * What a lottery writes: what is the same in each, and what has times, ports and rates in it too.
   */
  private record Written(List<String> same, List<String> any) {
    String all() {
      return String.join("\n", same) + "\n" + String.join("\n", any);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar_EG", "fa_IR", "bn_BD", "es_AR"})
  void everythingThatIsWrittenIsTheSame(String locale) throws IOException {
    Written usual = written(Files.createDirectory(folder.resolve("usual")), USUAL);
    Written other = written(Files.createDirectory(folder.resolve("other")), locale);
    assertThat(other.same()).isEqualTo(usual.same());
    assertThat(other.all())
        .contains("agency-1.csv", "HTTP/1.1 200 OK", "1,500", "cant_ganadores: 3")
        .doesNotContain("1.500")
        .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
  }

  private static Written written(Path folder, String locale) throws IOException {
    List<String> same = new ArrayList<>();
    List<String> any = new ArrayList<>();
    try (Programs programs = Programs.in(folder)) {
      int status = Programs.in(folder).port();
      same.add(
          said(
              programs,
              locale,
              "generate --agencies 2 --bets 1500 --winners 3 --seed 1 generated"));
      try (Stream<Path> files = Files.list(folder.resolve("generated"))) {
        same.addAll(files.map(file -> file.getFileName().toString()).sorted().toList());
      }
      same.add(Files.readString(folder.resolve("generated/agency-1.csv")));

      programs.lay(List.of(Bets.rows(1, 1_500, 3)));
      Running central =
          start(
              programs,
              Line.Layout.CENTRAL,
              locale,
              programs.centralCommand(1, "--status", "127.0.0.1:" + status));
      central.await("listen", "success");
      Running agency = start(programs, Line.Layout.AGENCY, locale, programs.agencyCommand(1));
      agency.assertExits(0);
      for (String path : List.of("/readyz", "/metrics", "/api/status")) {
        String answer = get(status, path);
        same.add(answer.lines().findFirst().orElseThrow());
        any.add(answer);
      }
      any.add(said(programs, locale, "status http://127.0.0.1:" + status));
      central.terminate();
      central.assertExits(0);
      central.lines("apuesta_recibida", "success").forEach(line -> same.add(line.message()));
      central.lines("seal_bets", "success").forEach(line -> same.add(line.value("sha256")));
      agency.lines("check_seal", "success").forEach(line -> same.add(line.message()));
      agency.lines("consulta_ganadores", "success").forEach(line -> same.add(line.message()));
      central.lines().forEach(line -> any.add(line.message()));
      agency.lines().forEach(line -> any.add(line.message()));
      any.add(said(programs, locale, "verify data"));
      any.add(said(programs, locale, "dump data/journal"));
      same.add(said(programs, locale, "--help"));
      same.add(said(programs, locale, "verify --help"));
      same.add(said(programs, locale, "central --help"));
    }
    return new Written(same, any);
  }

  private static Running start(
      Programs programs, Line.Layout layout, String locale, List<String> command) {
    return programs.start("program", layout, in(locale, command), Map.of());
  }

  private static List<String> in(String locale, List<String> command) {
    String[] parts = locale.split("_", -1);
    List<String> words = new ArrayList<>(command);
    words.addAll(1, List.of("-Duser.language=" + parts[0], "-Duser.country=" + parts[1]));
    return words;
  }

  private static String said(Programs programs, String locale, String arguments)
      throws IOException {
    List<String> command = in(locale, programs.toolCommand(arguments.split(" ", -1)));
    Process process = programs.builder(command, Map.of()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static String get(int port, String path) {
    return Command.of("curl", "-si", "http://127.0.0.1:" + port + path).run().succeeded().output();
  }
}
