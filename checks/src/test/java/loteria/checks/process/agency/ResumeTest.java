package loteria.checks.process.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/** What was begun goes on where it ended, and what was done is not done again. */
final class ResumeTest extends ProcessTest {
  @Test
  void anAgencyKilledHalfWayGoesOnWhereItWas() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 20_000, 3));
    programs.lay(files);
    Running central = programs.central(1);
    Running killed = programs.agency(1, "--batch-max-amount", "4");
    central.killAt("apuesta_recibida", "success", 100, killed);
    killed.assertExits(137);
    central.await("close_connection", "success");
    assertThat(Found.stored(central.lines())).as("half-way").isBetween(400L, 19_999L);

    Running again = programs.agency(1, "--batch-max-amount", "4");
    Drawn.assertWinners(List.of(again), files);
    central.kill();
    Drawn.assertSealed(programs, central, files);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    Found.in(programs.journal()).assertHolds(central.lines(), List.of(again), files);
    programs.assertNothingFailed();
  }

  @Test
  void aCentralRestartedAfterTheDrawGivesTheSameWinnersAndDrawsNoMore() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 150, 3), Bets.rows(2, 250, 0));
    programs.lay(files);
    Running central = programs.central(2);
    Drawn.assertWinners(programs.agencies(2), files);
    central.kill();
    byte[] journal = Files.readAllBytes(programs.journal());

    Running again = programs.central(2);
    Drawn.assertWinners(programs.agencies(2), files);
    again.terminate();
    again.assertExits(0);
    assertThat(again.lines())
        .extracting(line -> line.value("action"))
        .doesNotContain("apuesta_recibida", "seal_bets", "sorteo");
    assertThat(programs.journal()).hasBinaryContent(journal);
    Drawn.assertSealed(programs, central, files);
    programs.assertNothingFailed();
  }

  @Test
  void anAgencyThatWaitsForTheDrawOutlivesItsCentral() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 150, 1), Bets.rows(2, 250, 2));
    programs.lay(files);
    Running central = programs.central(2);
    Running first = programs.agency(1);
    first.await("upload_bets", "success");
    central.kill();
    first.await("connect", "in_progress");

    Running again = programs.central(2);
    Drawn.assertWinners(List.of(first, programs.agency(2)), files);
    assertThat(again.lines("apuesta_recibida", "success"))
        .as("the bets of the second agency alone")
        .hasSize(3);
    programs.assertNothingFailed();
  }
}
