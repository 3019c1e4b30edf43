package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import loteria.client.AgencyManual;
import loteria.runtime.settings.Manual;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.server.CentralManual;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/SETTINGS.md has the table of settings that the declarations make, and the help tells it. */
final class SettingsDocumentTest {

  static Stream<Manual> programs() {
    return Stream.of(CentralManual.manual(), AgencyManual.manual());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasTheTableOfTheDeclarations(Manual manual) throws IOException {
    assertThat(Files.readString(Root.file("docs/SETTINGS.md")))
        .as("docs/SETTINGS.md, which should have this table:%n%s", table(manual))
        .contains(table(manual));
  }

  private static String table(Manual manual) {
    StringBuilder table = new StringBuilder();
    table.append(
        "| %s | flag | environment | `%s` | default | allowed |%n|---|---|---|---|---|---|%n"
            .formatted(manual.program(), manual.file()));
    for (Setting<?> setting : manual.settings()) {
      String fallback = setting.fallback();
      table.append(
          "| %s | `%s` | `%s` | %s | %s | %s |%n"
              .formatted(
                  setting.meaning(),
                  setting.flag(),
                  setting.environment(),
                  setting.key() == null ? "–" : "`" + setting.key() + "`",
                  fallback == null || fallback.isEmpty() ? "none" : "`" + fallback + "`",
                  setting.allowed()));
    }
    return table.toString();
  }

  @Test
  void theVariablesThatAreKnownAreThoseOfTheSettings() {
    assertThat(Settings.VARIABLES)
        .as("Settings.VARIABLES, beside the tests' own LOTERIA_DATASET")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    programs()
                        .flatMap(program -> program.settings().stream())
                        .map(Setting::environment)
                        .filter(name -> name.startsWith("LOTERIA_") || name.startsWith("CLI_")),
                    Stream.of("LOTERIA_DATASET"))
                .distinct()
                .toList());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasEachGroupOnce(Manual manual) {
    List<String> groups = manual.settings().stream().map(Setting::group).toList();
    assertThat(groups).allSatisfy(group -> assertThat(group).isNotBlank());
    long changes =
        Stream.iterate(1, index -> index < groups.size(), index -> index + 1)
            .filter(index -> !groups.get(index).equals(groups.get(index - 1)))
            .count();
    assertThat(changes + 1).isEqualTo(groups.stream().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void tellsWhatEachSettingIs(Manual manual) {
    assertThat(manual.settings())
        .allSatisfy(setting -> assertThat(setting.meaning()).as(setting.flag()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void fitsATerminal(Manual manual) {
    assertThat(manual.help().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }
}
