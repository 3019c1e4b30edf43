package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.checks.Bets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole data set of five agencies, such as the assignment's, in the folder that the environment's
 * {@code LOTERIA_DATASET} or the property {@code loteria.dataset} names.
 */
@OnDocker
final class RealDataTest {

  @TempDir Path folder;

  private static Optional<Path> dataset() {
    return Optional.ofNullable(
            System.getProperty("loteria.dataset", System.getenv("LOTERIA_DATASET")))
        .filter(name -> !name.isEmpty())
        .map(Path::of);
  }

  @Test
  void goesThroughToItsWinners() throws IOException {
    assumeTrue(dataset().isPresent(), "no data set: LOTERIA_DATASET is not set");
    Path dataset = dataset().orElseThrow();
    Project project = Project.cloned(folder).exercise(8).generate(5);
    List<List<String>> all = new ArrayList<>();
    for (int k = 1; k <= 5; k++) {
      Path file = dataset.resolve("agency-" + k + ".csv");
      all.add(Files.readAllLines(file));
      Files.copy(file, project.root().resolve(".data/agency-" + k + ".csv"));
    }
    int bets = Bets.count(all);
    String sha256 = Bets.sha256(Bets.sealed(all));

    try (Deployment lottery = Deployment.up(project)) {
      for (int k = 1; k <= 5; k++) {
        assertThat(lottery.exit("client" + k)).isZero();
        assertThat(lottery.lines("client" + k, "consulta_ganadores", "success"))
            .as("agency " + k)
            .extracting(line -> line.value("cant_ganadores"))
            .containsExactly(Long.toString(Bets.winners(all.get(k - 1))));
      }
      assertThat(Deployment.stored(lottery.lines("server"))).isEqualTo(bets);
      assertThat(Bets.sha256(lottery.sealed())).isEqualTo(sha256);
      assertThat(lottery.lines("server", "seal_bets", "success"))
          .singleElement()
          .satisfies(line ->
              assertThat(line.fields())
                  .containsEntry("bets", Integer.toString(bets))
                  .containsEntry("sha256", sha256));
      lottery.assertNothingFailed();
    }
    System.out.printf("The data set: %d bets, sealed as %s%n", bets, sha256);
  }
}
