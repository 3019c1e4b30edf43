package loteria.tool.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgencyFileTest {
  @TempDir private Path directory;

  @Test
  void countsTheRowsWithAndWithoutALastLineEnd() throws Exception {
    file("agency-1.csv", "a\r\nb\r\n");
    file("agency-2.csv", "a\nb\nc");
    file("agency-3.csv", "");
    assertThat(AgencyFile.allIn(directory))
        .extracting(AgencyFile::rows)
        .containsExactly(2L, 3L, 0L);
  }

  @Test
  void ordersAgenciesByNumberNotByName() throws Exception {
    for (int agency = 1; agency <= 11; agency++) {
      file("agency-" + agency + ".csv", "");
    }
    file("agency-012.csv", "");
    file("agency-1.csv.bak", "");
    assertThat(AgencyFile.agenciesIn(directory)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void refusesAGap() throws Exception {
    file("agency-1.csv", "");
    file("agency-3.csv", "");
    assertThatThrownBy(() -> AgencyFile.allIn(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s has agency-3.csv but no agency-2.csv; agencies are numbered from 1 without a gap",
            directory);
  }

  @Test
  void saysHowToMakeFilesWhereThereAreNone() {
    assertThatThrownBy(() -> AgencyFile.allIn(directory))
        .hasMessageContaining("loteria generate " + directory);
  }

  @Test
  void saysTheSameOfADirectoryThatIsMissing() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> AgencyFile.allIn(missing))
        .hasMessageContaining("loteria generate " + missing);
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }
}
