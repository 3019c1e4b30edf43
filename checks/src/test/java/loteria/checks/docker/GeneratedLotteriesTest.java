package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercises 1 and 2: what is generated runs, and follows the mounted configuration. */
@OnDocker
final class GeneratedLotteriesTest {

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void cloneTheProject() {
    project = Project.cloned(folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void asManyAgenciesAsWereAskedForEchoTheirMessages(int agencies) throws IOException {
    project.exercise(1).generate(agencies).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project)) {
      List<String> expected = new ArrayList<>(List.of("server"));
      for (int k = 1; k <= agencies; k++) {
        String client = "client" + k;
        expected.add(client);
        assertThat(lottery.exit(client)).as(client).isZero();
        assertEchoed(lottery, k);
      }
      assertThat(lottery.containers()).containsExactlyInAnyOrderElementsOf(expected);
      lottery.await("server", "accept_connections", "in_progress");
      lottery.assertNothingFailed();
    }
  }

  private static void assertEchoed(Deployment lottery, int agency) {
    assertThat(lottery.lines("client" + agency, "receive_message", "success"))
        .extracting(line -> line.value("client_id") + " " + line.value("msg"))
        .containsExactly(
            "%d [CLIENT %d] Message N°1".formatted(agency, agency),
            "%d [CLIENT %d] Message N°2".formatted(agency, agency),
            "%d [CLIENT %d] Message N°3".formatted(agency, agency));
    assertThat(lottery.lines("client" + agency, "loop_finished", "success")).hasSize(1);
    assertThat(lottery.lines("server", "receive_message", "success"))
        .extracting(line -> line.value("msg"))
        .contains("[CLIENT %d] Message N°3".formatted(agency));
  }

  @Test
  void theFirstStartLaysDataWhereThereAreNone() throws IOException {
    project.exercise(1).generate(0);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.await("server", "accept_connections", "in_progress");
      for (int k = 1; k <= 5; k++) {
        assertThat(project.root().resolve(".data/agency-" + k + ".csv")).isNotEmptyFile();
      }
    }
  }

  @Test
  void aChangedConfigurationIsFollowedWithoutBuildingAnything() throws IOException {
    project.exercise(2).generate(1).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project)) {
      assertThat(lottery.exit("client1")).isZero();
      assertThat(lottery.lines("server", "config", "success")).as("at INFO").isEmpty();
      assertThat(lottery.lines("client1", "config", "success")).hasSize(1);
      List<String> images = images();

      project.configure(new Configuration(23456, 7, "DEBUG", 2, "50ms", 10));
      lottery.restart("server");
      lottery.restart("client1");
      assertThat(lottery.exit("client1")).isZero();
      assertThat(lottery.lines("server", "config", "success"))
          .singleElement()
          .satisfies(line ->
              assertThat(line.fields())
                  .containsEntry("port", "23456")
                  .containsEntry("listen_backlog", "7")
                  .containsEntry("logging_level", "DEBUG"));
      assertThat(lottery.lines("client1", "config", "success"))
          .hasSize(2)
          .last()
          .satisfies(line ->
              assertThat(line.fields())
                  .containsEntry("client_id", "1")
                  .containsEntry("server_address", "server:23456")
                  .containsEntry("loop_amount", "2")
                  .containsEntry("loop_period", "50ms")
                  .containsEntry("log_level", "DEBUG"));
      assertThat(lottery.lines("client1", "receive_message", "success")).hasSize(3 + 2);
      assertThat(project.echoCheck()).isEqualTo("action: test_echo_server | result: success");
      assertThat(images()).isEqualTo(images);
      lottery.assertNothingFailed();
    }
  }

  private static List<String> images() {
    return project
        .run("docker", "image", "inspect", "--format", "{{.Id}}", "server:latest", "client:latest")
        .output()
        .lines()
        .toList();
  }
}
