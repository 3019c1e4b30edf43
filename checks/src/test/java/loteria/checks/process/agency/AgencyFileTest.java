package loteria.checks.process.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/** What an agency does with a file that is not as it should be. */
final class AgencyFileTest extends ProcessTest {
  private static final int BAD_LINE = 8;
  private static final int ROWS = 20;

  /** A row that is none: the field to be named, and a word of the reason. */
  private record BadRow(String row, Charset charset, String field, String reason) {
    static BadRow of(String row, String field, String reason) {
      return new BadRow(row, StandardCharsets.UTF_8, field, reason);
    }

    byte[] bytes() {
      return row.getBytes(charset);
    }
  }

  private static final List<BadRow> BAD_ROWS =
      List.of(
          BadRow.of("Ana,Paz,30904465,1999-03-17", "-", "4 fields"),
          BadRow.of("Ana,Paz,30.904.465,1999-03-17,1", "documento", "not digits"),
          BadRow.of("Ana,Paz,30904465,1999-02-30,1", "nacimiento", "1999-02-30"),
          BadRow.of("Ana,Paz,30904465,1999-03-17,10000", "numero", "10000"),
          BadRow.of("Ana,Pa\u0007z,30904465,1999-03-17,1", "apellido", "U+0007"),
          new BadRow(
              "Jos\u00e9,Paz,30904465,1999-03-17,1",
              StandardCharsets.ISO_8859_1,
              "nombre",
              "UTF-8"));

  @Test
  void aBadRowStopsAnAgencyUntilItIsMended() throws IOException {
    List<List<String>> files =
        IntStream.rangeClosed(1, BAD_ROWS.size()).mapToObj(k -> Bets.rows(k, ROWS, 1)).toList();
    Running central = programs.central(files.size());
    List<Running> stopped = new ArrayList<>();
    for (int k = 1; k <= files.size(); k++) {
      layWith(k, files.get(k - 1), BAD_ROWS.get(k - 1).bytes());
      stopped.add(programs.agency(k, "--batch-max-amount", "3"));
    }
    for (int k = 1; k <= files.size(); k++) {
      stopped.get(k - 1).assertExits(1);
      assertNamesTheRow(k, stopped.get(k - 1).onlyFailure());
    }
    long preceding = (BAD_LINE - 1L) * files.size();
    central.awaitThat("all that precedes", said -> Found.stored(said) >= preceding);
    assertThat(Found.stored(central.lines())).as("nothing that follows").isEqualTo(preceding);
    assertOneBatchRefused(central, files.size());

    programs.lay(files);
    Drawn.assertWinners(programs.agencies(files.size()), files);
    Drawn.assertSealed(programs, central, files);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    assertOneBatchRefused(central, files.size());
  }

  /** The central judges the rows: it refuses one batch of each agency, and nothing else fails. */
  private static void assertOneBatchRefused(Running central, int agencies) {
    assertThat(central.lines())
        .filteredOn(Line::fails)
        .allSatisfy(line -> assertThat(line.value("error")).startsWith("BAD_BET: "))
        .extracting(line -> line.value("action") + " of " + line.value("agency"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, agencies)
                .mapToObj(agency -> "apuesta_recibida of " + agency)
                .toList());
  }

  private void assertNamesTheRow(int agency, Line line) {
    BadRow bad = BAD_ROWS.get(agency - 1);
    assertThat(line.value("action")).isEqualTo("read_bets");
    assertThat(line.value("client_id")).isEqualTo(Integer.toString(agency));
    assertThat(line.value("file")).isEqualTo(programs.file(agency).toString());
    assertThat(line.number("line")).isEqualTo(BAD_LINE);
    assertThat(line.value("field")).isEqualTo(bad.field());
    assertThat(line.value("error")).contains(bad.reason());
  }

  private void layWith(int agency, List<String> rows, byte[] bad) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(lines(rows.subList(0, BAD_LINE - 1)));
    file.writeBytes(bad);
    file.write('\n');
    file.writeBytes(lines(rows.subList(BAD_LINE, rows.size())));
    Files.write(programs.file(agency), file.toByteArray());
  }

  private static byte[] lines(List<String> rows) {
    return (String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileChangedWhereItIsStoredIsAConflictAndNothingIsSent() throws IOException {
    List<String> rows = Bets.rows(1, ROWS, 1);
    Running central = programs.central(1);
    layWith(1, rows, "no bet".getBytes(StandardCharsets.UTF_8));
    programs.agency(1).assertExits(1);
    long stored = Found.stored(central.lines());
    assertThat(stored).isEqualTo(BAD_LINE - 1);

    List<String> changed = new ArrayList<>(rows);
    changed.set(2, changed.get(2).replace("José", "Josó"));
    programs.lay(1, changed);
    Running conflicting = programs.agency(1);
    conflicting.assertExits(1);
    assertThat(conflicting.onlyFailure().value("error")).startsWith("CONFLICT");
    programs.lay(1, rows.subList(0, 3));
    programs.agency(1).assertExits(1);
    central.kill();
    assertThat(Found.stored(central.lines())).isEqualTo(stored);
    assertThat(Found.in(programs.journal()).rows(1)).isEqualTo(rows.subList(0, BAD_LINE - 1));
    central.assertNothingFailed();
  }

  @Test
  void aFileThatIsNoneOrStartsWithAByteOrderMarkIsRefusedInOneLine() throws IOException {
    Running central = programs.central(2);
    Files.writeString(programs.file(1), "\ufeff" + String.join("\n", Bets.rows(1, 3, 1)));
    Running marked = programs.agency(1);
    Running missing = programs.agency(2);

    marked.assertExits(1);
    assertThat(marked.onlyFailure().value("file")).isEqualTo(programs.file(1).toString());
    assertThat(marked.onlyFailure().number("line")).isEqualTo(1);
    assertThat(marked.onlyFailure().value("error")).contains("BOM");
    missing.assertExits(1);
    assertThat(missing.onlyFailure().value("error")).contains(programs.file(2) + " does not exist");
    assertThat(Found.stored(central.lines())).isZero();
    central.assertNothingFailed();
  }
}
