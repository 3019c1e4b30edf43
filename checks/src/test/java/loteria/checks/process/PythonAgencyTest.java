package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import loteria.checks.Bets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agency in Python that was written from docs/PROTOCOL.md alone, against a real central that is
 * killed with -9 while it uploads: it comes back by itself, and ends with the right winners.
 */
final class PythonAgencyTest {
  private static final int LIVES = 3;
  private static final int BATCHES_A_LIFE = 6;
  private static final long PYTHON_SECONDS = 120;

  @TempDir Path folder;

  private final List<List<String>> files =
      List.of(Bets.rows(1, 4000, 3), Bets.rows(2, 4000, 0), Bets.rows(3, 100, 1));

  @Test
  void survivesAKilledCentralAndEndsWithItsWinners() throws Exception {
    List<Process> agencies = new ArrayList<>();
    try (Programs programs = Programs.in(folder)) {
      programs.lay(files);
      for (int agency = 1; agency <= files.size(); agency++) {
        agencies.add(python(programs, agency));
      }
      for (int life = 1; life < LIVES; life++) {
        Running killed = programs.startCentral(files.size());
        killed.killAt("apuesta_recibida", "success", BATCHES_A_LIFE, killed);
        killed.assertExits(137);
      }
      Running last = programs.central(files.size());
      for (int agency = 1; agency <= files.size(); agency++) {
        Process python = agencies.get(agency - 1);
        assertThat(python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS)).as("in time").isTrue();
        String said = Files.readString(said(agency));
        assertThat(python.exitValue()).as(said).isZero();
        assertThat(Files.readAllLines(printed(agency)))
            .as(said)
            .isEqualTo(winners(files.get(agency - 1)));
      }
      Drawn.assertSealed(programs, last, files);
      last.kill();
      Found found = Found.in(programs.journal());
      for (int agency = 1; agency <= files.size(); agency++) {
        assertThat(found.rows(agency)).isEqualTo(files.get(agency - 1));
      }
    } finally {
      agencies.forEach(Process::destroyForcibly);
    }
  }

  private Process python(Programs programs, int agency) throws IOException {
    Path script = folder.resolve("agency.py");
    if (!Files.exists(script)) {
      try (InputStream in = Bets.class.getResourceAsStream("agency.py")) {
        Files.copy(Objects.requireNonNull(in, "agency.py"), script);
      }
    }
    List<String> command =
        List.of(
            "python3",
            script.toString(),
            "127.0.0.1",
            Integer.toString(programs.port()),
            Integer.toString(agency),
            programs.file(agency).toString());
    ProcessBuilder builder =
        programs
            .builder(command, Map.of("PYTHONUTF8", "1"))
            .redirectOutput(printed(agency).toFile())
            .redirectError(said(agency).toFile());
    try {
      return builder.start();
    } catch (IOException absent) {
      assumeTrue(false, "skipped: python3 is missing: " + absent.getMessage());
      throw absent;
    }
  }

  private Path printed(int agency) {
    return folder.resolve("winners-" + agency);
  }

  private Path said(int agency) {
    return folder.resolve("said-" + agency);
  }

  /** The documents of the rows that bet on the number of the course, in order. */
  private static List<String> winners(List<String> rows) {
    return rows.stream()
        .filter(row -> row.endsWith(",7574"))
        .map(row -> row.split(","))
        .map(fields -> fields[fields.length - 3])
        .toList();
  }
}
