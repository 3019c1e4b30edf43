package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/**
 * A whole data set of five agencies, in the folder that the environment's {@code LOTERIA_DATASET}
 * names. The assignment's own is known by its size, and so are its winners.
 */
final class RealDataTest extends ProcessTest {
  private static final int BETS_OF_THE_ASSIGNMENT = 78_697;

  @Test
  void aWholeDataSetGoesThroughToItsWinners() throws IOException {
    String dataset = System.getenv("LOTERIA_DATASET");
    assumeTrue(dataset != null && !dataset.isEmpty(), "no data set: LOTERIA_DATASET is not set");
    List<List<String>> files = new ArrayList<>();
    for (int k = 1; k <= 5; k++) {
      files.add(Files.readAllLines(Path.of(dataset, "agency-%d.csv".formatted(k))));
    }
    if (Bets.count(files) == BETS_OF_THE_ASSIGNMENT) {
      assertThat(files).extracting(Bets::winners).containsExactly(2L, 3L, 3L, 2L, 0L);
    }
    Running central = programs.central(5);
    List<Running> agencies =
        programs.agencies(5, "--data", Path.of(dataset).toAbsolutePath().toString());
    Drawn.assertWinners(agencies, files);
    Drawn.assertSealed(programs, central, files);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    central.assertEndsInOrder();
    Found.in(programs.journal()).assertHolds(central.lines(), agencies, files);
    programs.assertNothingFailed();
  }
}
