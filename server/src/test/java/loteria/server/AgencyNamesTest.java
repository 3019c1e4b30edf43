package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.runtime.settings.BadSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgencyNamesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("names.csv"), text);
  }

  private AgencyNames read(String text) throws IOException {
    return AgencyNames.read(file(text), 5);
  }

  @Test
  void readsNamesInAnyOrderAndWithAnyLineEnds() throws IOException {
    assertThat(read("3,Rosario\r\n1,\"Córdoba, centro\"\n2,\"La \"\"Única\"\"\"").byAgency())
        .isEqualTo(Map.of(3, "Rosario", 1, "Córdoba, centro", 2, "La \"Única\""));
    assertThat(read("")).isEqualTo(AgencyNames.NONE);
    assertThat(AgencyNames.NONE.of(1)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          number,name     ! line 1: 'number' is not an agency of 1 to 5
          1,a~2;b         ! line 2: '2;b' is not number,name
          1,a~            ! OK
          1,a~~2,b        ! line 2: '' is not number,name
          6,f             ! line 1: '6' is not an agency of 1 to 5
          0,z             ! line 1: '0' is not an agency of 1 to 5
          01,a            ! line 1: '01' is not an agency of 1 to 5
          \uFEFF1,a       ! line 1: '<U+FEFF>1' is not an agency of 1 to 5
          1,              ! line 1: the name is empty
          1,"  "          ! line 1: the name is empty
          1,""            ! line 1: the name is empty
          1,"             ! line 1: the quotes of the name do not end where it ends
          1,"a"b          ! line 1: the quotes of the name do not end where it ends
          1,"a""          ! line 1: the quotes of the name do not end where it ends
          1,a,b           ! line 1: a name with , or " needs quotes
          1,a"b           ! line 1: a name with , or " needs quotes
          1,a~2,b~1,c     ! line 3: agency 1 has a name already
          1,a\u202Eb      ! line 1: 'a<U+202E>b' has a character that cannot be seen
          1,a\u0007b      ! line 1: 'a<U+0007>b' has a character that cannot be seen
          """)
  void refusesWhatIsNoNameWithItsLineAndTheReason(String text, String why) throws IOException {
    String lines = text.replace('~', '\n');
    if (why.equals("OK")) {
      assertThat(read(lines).byAgency()).hasSize(1);
    } else {
      assertThatIOException().isThrownBy(() -> read(lines)).withMessage(why);
    }
  }

  @Test
  void refusesTooLongANameAndWhatIsNoText() throws IOException {
    assertThat(read("1," + "ñ".repeat(60)).of(1)).hasSize(60);
    assertThatIOException()
        .isThrownBy(() -> read("1," + "ñ".repeat(61)))
        .withMessage("line 1: a name of 61 characters exceeds 60");
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, "2,Salta\n1,Córdoba\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatIOException()
        .isThrownBy(() -> AgencyNames.read(latin, 5))
        .withMessage("line 2 is not UTF-8");
  }

  @Test
  void areASettingThatIsRefusedIfItCannotBeUsed() throws Exception {
    Path names = file("1,Rosario\n1,Salta\n");
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> TestCentral.settings(directory, "--names=" + names).names())
        .withMessageContainingAll("names", names.toString(), "line 2: agency 1 has a name already");
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> TestCentral.settings(directory, "--names=" + directory).names())
        .withMessageContaining("irectory");
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(
            () -> TestCentral.settings(directory, "--names=" + directory + "/none.csv").names())
        .withMessageContaining("no such file");
    assertThat(TestCentral.settings(directory).names()).isEqualTo(AgencyNames.NONE);
  }

  @Test
  void areToldInTheLogBesideTheNumbers() {
    CapturedLog captured = new CapturedLog();
    ServerLog log = captured.log().with(new AgencyNames(Map.of(2, "Rosario", 3, "Salta")));
    log.missing(List.of(1, 2, 3));
    log.missing(List.of(1));
    log.refused(2, Refusal.GAP, "a hole");
    log.fenced(1);
    log.group(lines -> {
      lines.finished(2, 10);
      lines.closed(3, 4, new ClosingReason("no llegó"));
    });
    assertThat(
            captured.lines().stream().map(line -> line.substring(line.indexOf("action"))).toList())
        .containsExactly(
            "action: await_agencies | result: in_progress | missing: 1,2,3"
                + " | names: 2 Rosario, 3 Salta",
            "action: await_agencies | result: in_progress | missing: 1",
            "action: refuse | result: fail | agency: 2 | error: GAP: a hole | name: Rosario",
            "action: replace_session | result: success | agency: 1",
            "action: finish_agency | result: success | agency: 2 | bets: 10 | name: Rosario",
            "action: close_agency | result: success | agency: 3 | bets: 4 | reason: no llegó"
                + " | name: Salta");
  }
}
