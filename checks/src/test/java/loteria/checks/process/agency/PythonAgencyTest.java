package loteria.checks.process.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/**
 * The agency in Python that was written from docs/PROTOCOL.md alone, against a real central that is
 * killed with -9 while it uploads: it comes back by itself, and ends with the right winners.
 */
final class PythonAgencyTest extends ProcessTest {
  private static final int LIVES = 3;
  private static final int BATCHES_A_LIFE = 6;

  private static final Path SCRIPT =
      Root.file("checks/src/test/resources/loteria/checks/agency.py");

  private final List<List<String>> files =
      List.of(Bets.rows(1, 12_000, 3), Bets.rows(2, 12_000, 0), Bets.rows(3, 100, 1));

  @Test
  void survivesAKilledCentralAndEndsWithItsWinners() throws Exception {
    List<Command.Started> agencies = new ArrayList<>();
    try {
      programs.lay(files);
      for (int agency = 1; agency <= files.size(); agency++) {
        Path file = programs.file(agency);
        agencies.add(Command.python(SCRIPT, "127.0.0.1", programs.port(), agency, file).start());
      }
      for (int life = 1; life < LIVES; life++) {
        Running killed = programs.startCentral(files.size());
        killed.killAt("apuesta_recibida", "success", BATCHES_A_LIFE, killed);
        killed.assertExits(137);
      }
      Running last = programs.central(files.size());
      for (int agency = 1; agency <= files.size(); agency++) {
        Outcome python = agencies.get(agency - 1).outcome().succeeded();
        assertThat(python.output().lines()).isEqualTo(winners(files.get(agency - 1)));
      }
      Drawn.assertSealed(programs, last, files);
      last.kill();
      Found found = Found.in(programs.journal());
      for (int agency = 1; agency <= files.size(); agency++) {
        assertThat(found.rows(agency)).isEqualTo(files.get(agency - 1));
      }
    } finally {
      agencies.forEach(Command.Started::close);
    }
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
