package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.Bets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exercises 7 and 8: one draw after all have finished, and to each agency its own winners. */
@OnDocker
final class WinnersTest {

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void cloneTheProject() {
    project = Project.cloned(folder);
  }

  /** Agency k of N gets k - 1 winners among bets of no round number. */
  private static List<List<String>> lay(int agencies) throws IOException {
    List<List<String>> all = new ArrayList<>();
    for (int k = 1; k <= agencies; k++) {
      List<String> rows = Bets.rows(k, 173 * k, k - 1);
      project.data(k, rows);
      all.add(rows);
    }
    return all;
  }

  private static void assertDrawn(Deployment lottery, List<List<String>> agencies)
      throws IOException {
    for (int k = 1; k <= agencies.size(); k++) {
      String client = "client" + k;
      assertThat(lottery.exit(client)).as(client).isZero();
      assertThat(lottery.lines(client, "consulta_ganadores", "success"))
          .as(client)
          .extracting(line -> line.value("cant_ganadores"))
          .containsExactly(Long.toString(Bets.winners(agencies.get(k - 1))));
    }
    assertThat(new String(lottery.sealed(), StandardCharsets.UTF_8))
        .isEqualTo(new String(Bets.sealed(agencies), StandardCharsets.UTF_8));
    assertDrawnOnceAfterAllWasStored(lottery, Bets.count(agencies));
    lottery.assertNothingFailed();
  }

  private static void assertDrawnOnceAfterAllWasStored(Deployment lottery, int bets) {
    List<LogLine> lines = lottery.lines("server");
    List<LogLine> untilTheDraw =
        lines.stream().takeWhile(line -> !line.says("sorteo", "success")).toList();
    assertThat(lines).filteredOn(line -> line.says("sorteo", "success")).hasSize(1);
    assertThat(Deployment.stored(untilTheDraw)).isEqualTo(bets);
    assertThat(Deployment.stored(lines)).isEqualTo(bets);
  }

  @ParameterizedTest
  @CsvSource({"7,3", "7,5", "8,3", "8,5"})
  void eachAgencyGetsItsOwn(int exercise, int agencies) throws IOException {
    project.exercise(exercise).generate(agencies).configure(Configuration.USUAL);
    List<List<String>> all = lay(agencies);
    try (Deployment lottery = Deployment.up(project)) {
      assertDrawn(lottery, all);
    }
  }

  @Test
  void anAgencyThatIsLateAndAStrangerThatIsSilentDelayNobodysBets() throws IOException {
    project.exercise(8).generate(3).configure(Configuration.USUAL);
    List<List<String>> all = lay(3);
    try (Deployment lottery = Deployment.up(project, "server")) {
      lottery.await("server", "accept_connections", "in_progress");
      Guest stranger = Guest.thatStaysAfter("");
      try {
        lottery.start("client2");
        lottery.start("client3");
        lottery.awaitStored(all.get(1).size() + all.get(2).size());
        assertThat(lottery.lines("server", "sorteo", "success")).isEmpty();
        assertThat(lottery.lines()).noneMatch(line -> line.says("consulta_ganadores", "success"));
        lottery.start("client1");
        assertDrawn(lottery, all);
      } finally {
        stranger.leave();
      }
    }
  }

  @Test
  void eachStartIsANewLotteryUnlessTheDataAreKept() throws IOException {
    project.exercise(8).generate(2).configure(Configuration.USUAL);
    List<List<String>> all = lay(2);
    for (int start = 1; start <= 2; start++) {
      try (Deployment lottery = Deployment.up(project)) {
        assertDrawn(lottery, all);
      }
    }

    project.generate(2, "--datos", "kept");
    try (Deployment lottery = Deployment.up(project)) {
      assertDrawn(lottery, all);
    }
    assertThat(project.root().resolve("kept/bets.csv")).hasBinaryContent(Bets.sealed(all));
    try (Deployment lottery = Deployment.up(project)) {
      for (int k = 1; k <= 2; k++) {
        assertThat(lottery.exit("client" + k)).isZero();
        assertThat(lottery.lines("client" + k, "consulta_ganadores", "success"))
            .extracting(line -> line.value("cant_ganadores"))
            .containsExactly(Integer.toString(k - 1));
      }
      assertThat(Deployment.stored(lottery.lines("server"))).as("stored again").isZero();
    }
    project.run(
        "docker",
        "run",
        "--rm",
        "--volume",
        project.root() + ":/project",
        "busybox:latest",
        "rm",
        "-rf",
        "/project/kept");
  }

  /** The certificates are made by the image itself: a host with Docker alone is enough. */
  @Test
  void underTlsEachAgencyIsWhoItsCertificateSays() throws IOException {
    project.exercise(8).run("make", "docker-image");
    project.run(
        "sh",
        "-c",
        "docker run --rm --user $(id -u):$(id -g) --volume $PWD:/project --workdir /project"
            + " --entrypoint /loteria/loteria client:latest certificates --agencies 2 tls &&"
            + " if [ $(id -u) = 0 ]; then chown -R 10001:10001 tls; fi");
    project.generate(2, "--tls", "tls").configure(Configuration.USUAL);
    List<List<String>> agencies = lay(2);
    try (Deployment lottery = Deployment.up(project)) {
      assertDrawn(lottery, agencies);
      assertThat(lottery.lines("server", "read_certificates", "success")).isNotEmpty();
    }
  }
}
