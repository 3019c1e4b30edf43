package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A central killed with -9 goes on from its data directory, at the same port, and the agencies come
 * back by themselves: acknowledged ⊆ found ⊆ sent whenever it is down.
 */
final class CrashTest extends ProcessTest {
  private static final int LIVES = 4;
  private static final int BATCH = 3;

  private final List<List<String>> files =
      List.of(Bets.rows(1, 1500, 2), Bets.rows(2, 900, 0), Bets.rows(3, 1200, 1));

  @BeforeEach
  void prepare() throws IOException {
    programs.lay(files);
  }

  private List<Running> agencies() {
    return programs.agencies(files.size(), "--batch-max-amount", Integer.toString(BATCH));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingIsLostOrDoubledWhileTheBetsCome(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Line> said = new ArrayList<>();
    List<Running> agencies = agencies();
    // So few before each end that bets are left for the last life.
    for (int life = 1; life < LIVES; life++) {
      Running central = programs.startCentral(files.size());
      central.killAt("apuesta_recibida", "success", random.nextInt(1, 120), central);
      central.assertExits(137);
      said.addAll(central.lines());
      Found.in(programs.journal()).assertHolds(said, agencies, files);
    }
    Running last = programs.central(files.size());
    Drawn.assertWinners(agencies, files);
    last.kill();
    said.addAll(last.lines());
    assertThat(said)
        .as("seed %d", seed)
        .filteredOn(line -> line.says("sorteo", "success"))
        .hasSize(1);
    assertThat(Found.stored(last.lines()))
        .as("stored in the last life, seed %d", seed)
        .isPositive();
    Drawn.assertSealed(programs, last, files);
    Found found = Found.in(programs.journal());
    found.assertHolds(said, agencies, files);
    assertThat(found.total()).isEqualTo(Bets.count(files));
    programs.assertNothingFailed();
  }

  @ParameterizedTest
  @CsvSource({"finish_agency, 1", "finish_agency, 3", "seal_bets, 1", "sorteo, 1"})
  void theSealAndTheDrawAreTheSameWhereverItEnds(String action, int count) throws IOException {
    List<Running> agencies = agencies();
    Running killed = programs.startCentral(files.size());
    killed.killAt(action, "success", count, killed);
    killed.assertExits(137);
    Found.in(programs.journal()).assertHolds(killed.lines(), agencies, files);

    Running again = programs.central(files.size());
    Drawn.assertWinners(agencies, files);
    again.kill();
    assertThat(programs.bets()).hasBinaryContent(Bets.sealed(files));
    assertThat(lines(killed, "sorteo") + lines(again, "sorteo")).isLessThanOrEqualTo(1);
    assertThat(lines(killed, "seal_bets") + lines(again, "seal_bets")).isLessThanOrEqualTo(1);
    List<Line> said = new ArrayList<>(killed.lines());
    said.addAll(again.lines());
    Found.in(programs.journal()).assertHolds(said, agencies, files);
    programs.assertNothingFailed();
  }

  private static int lines(Running central, String action) {
    return central.lines(action, "success").size();
  }

  /** The control of this class: a central that loses what it promised is found out. */
  @Test
  void aLostJournalIsSeenByTheInvariantAndByTheAgency() throws IOException {
    List<List<String>> file = files.subList(0, 1);
    List<Running> agency = List.of(programs.agency(1, "--batch-max-amount", "3"));
    // More batches than a window holds: of some of them the agency knows.
    Running central = programs.startCentral(1);
    central.killAt("apuesta_recibida", "success", 60, central);
    central.assertExits(137);

    Files.delete(programs.journal());
    assertThatThrownBy(
            () -> Found.in(programs.journal()).assertHolds(central.lines(), agency, file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bets that the central said to have stored");

    Running again = programs.central(1);
    agency.getFirst().assertExits(1);
    assertThat(agency.getFirst().only("apuesta_enviada", "fail").value("error"))
        .contains("ACKED_LOST");
    assertThat(again.only("refuse", "fail").value("error")).contains("ACKED_LOST");
    again.kill();
    assertThat(Found.in(programs.journal()).total()).isZero();
  }
}
