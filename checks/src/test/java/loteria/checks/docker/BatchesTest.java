package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.Bets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercise 6: an agency's file goes in batches of the configured size. */
@OnDocker
final class BatchesTest {

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void cloneTheProject() {
    project = Project.cloned(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 64, 99})
  void allButTheLastAreFull(int maxAmount) throws IOException {
    int bets = 643;
    project.exercise(6).generate(1).data(1, Bets.rows(1, bets, 0));
    project.configure(Configuration.USUAL.withBatchMaxAmount(maxAmount));
    try (Deployment lottery = Deployment.up(project)) {
      assertThat(lottery.exit("client1")).isZero();
      List<Integer> expected = new ArrayList<>();
      for (int left = bets; left > 0; left -= maxAmount) {
        expected.add(Math.min(left, maxAmount));
      }
      assertThat(lottery.lines("server", "apuesta_recibida", "success"))
          .extracting(line -> Integer.parseInt(line.value("cantidad")))
          .containsExactlyElementsOf(expected);
      lottery.assertNothingFailed();
    }
  }

  @Test
  void ofSeveralAgenciesNoneIsLost() throws IOException {
    project.exercise(6).generate(3).configure(Configuration.USUAL);
    project.data(1, Bets.rows(1, 1, 0)).data(2, Bets.rows(2, 99, 0)).data(3, Bets.rows(3, 1000, 0));
    try (Deployment lottery = Deployment.up(project)) {
      for (String client : List.of("client1", "client2", "client3")) {
        assertThat(lottery.exit(client)).as(client).isZero();
      }
      assertThat(Deployment.stored(lottery.lines("server"))).isEqualTo(1 + 99 + 1000);
      lottery.assertNothingFailed();
    }
  }
}
