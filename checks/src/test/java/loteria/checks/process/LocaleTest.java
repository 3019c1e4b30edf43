package loteria.checks.process;

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
import loteria.checks.shell.Command;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's locale may have other digits or separators: all that is written is the same. */
final class LocaleTest {
  private static final String USUAL = "en_US";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ar_EG", "fa_IR", "bn_BD", "es_AR"})
  void everythingThatIsWrittenIsTheSame(String locale) throws IOException {
    List<String> usual = written(Files.createDirectory(folder.resolve("usual")), USUAL);
    assertThat(written(Files.createDirectory(folder.resolve("other")), locale)).isEqualTo(usual);
    assertThat(String.join("\n", usual))
        .contains("agency-1.csv", "HTTP/1.1 200 OK", "1,500", "cant_ganadores: 3");
  }

  /** Files, HTTP, logs and reports of a lottery, but for times and what else differs each time. */
  private static List<String> written(Path folder, String locale) throws IOException {
    List<String> all = new ArrayList<>();
    try (Programs programs = Programs.in(folder)) {
      int status = Programs.in(folder).port();
      all.add(
          said(
              programs,
              locale,
              "generate --agencies 2 --bets 1500 --winners 3 --seed 1 --force generated"));
      try (Stream<Path> files = Files.list(folder.resolve("generated"))) {
        all.addAll(files.map(file -> file.getFileName().toString()).sorted().toList());
      }
      all.add(Files.readString(folder.resolve("generated/agency-1.csv")));

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
      all.add(get(status, "/readyz"));
      all.add(get(status, "/metrics").replaceAll("(?m)^loteria_(heap|start|journal_fsync).*", ""));
      all.add(
          get(status, "/api/status")
              .replaceAll(
                  "\"(started|now|bets_per_second|journal|heap|version)\":(\"[^\"]*\"|\\[[^]]*]|\\{[^{}]*(\\{[^}]*})?})",
                  ""));
      all.add(said(programs, locale, "status http://127.0.0.1:" + status));
      central.terminate();
      central.assertExits(0);
      central.lines().forEach(line -> all.add(line.message()));
      agency.lines().forEach(line -> all.add(line.message()));
      for (String command : List.of("verify data", "dump data", "--help", "verify --help")) {
        all.add(said(programs, locale, command));
      }
    }
    return all.stream()
        .flatMap(String::lines)
        .map(line -> line.replaceAll("\\b(port|started|up|heap|fsync|since|ms|MB|last)\\b.*", "$1"))
        .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "HERE").replaceAll("Date: .*", ""))
        .map(line -> line.replace(folder.toString(), "FOLDER"))
        .toList();
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
