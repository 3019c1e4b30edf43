package loteria.checks.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import loteria.checks.shell.Root;
import loteria.client.AgencyManual;
import loteria.runtime.Manual;
import loteria.runtime.Setting;
import loteria.server.CentralManual;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/ARCHITECTURE.md has a row for each setting, and the programs' help tells what it is. */
final class SettingsDocumentTest {

  static Stream<Manual> programs() {
    return Stream.of(CentralManual.manual(), AgencyManual.manual());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasARowForEachSetting(Manual manual) throws IOException {
    List<String> rows = Files.readAllLines(Root.file("docs/ARCHITECTURE.md"));
    assertThat(manual.settings())
        .allSatisfy(setting ->
            assertThat(rows)
                .as("rows that tell of %s", setting.flag())
                .anyMatch(row -> row.startsWith("|") && tells(row, setting)));
  }

  private static boolean tells(String row, Setting<?> setting) {
    List<String> cells = List.of(row.split("\\|", -1));
    String key = setting.key();
    String fallback = setting.fallback();
    return cells.size() == 7
        && cells.get(2).strip().equals("`" + setting.flag() + "`")
        && cells.get(3).strip().equals("`" + setting.environment() + "`")
        && cells.get(4).strip().equalsIgnoreCase(key == null ? "–" : "`" + key + "`")
        && cells.get(5).contains(fallback == null ? "none" : fallback);
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
    assertThat(manual.help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }
}
