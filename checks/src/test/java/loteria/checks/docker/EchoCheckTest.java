package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exercise 3: the echo check tells a healthy server from any other. */
@OnDocker
final class EchoCheckTest {

  private static final String SUCCESS = "action: test_echo_server | result: success";
  private static final String FAIL = "action: test_echo_server | result: fail";

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void cloneTheProject() {
    project = Project.cloned(folder);
  }

  @Test
  void tellsAHealthyServerFromAStoppedOne() throws IOException {
    project.exercise(3).generate(0).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.await("server", "accept_connections", "in_progress");
      assertThat(project.echoCheck()).isEqualTo(SUCCESS);
      assertThat(lottery.lines("server", "receive_message", "success"))
          .singleElement()
          .satisfies(line -> assertThat(line.value("msg")).matches("[0-9a-f]{32}"))
          .satisfies(line -> assertThat(line.value("ip")).startsWith("172.25.125."));

      project.configure(Configuration.USUAL.withPort(8080));
      assertThat(project.echoCheck()).as("before the server follows").isEqualTo(FAIL);
      lottery.restart("server");
      assertThat(project.echoCheck()).as("after it does").isEqualTo(SUCCESS);
      lottery.assertNothingFailed();

      lottery.stop();
      assertThat(project.echoCheck()).as("with the server stopped").isEqualTo(FAIL);
    }
    assertThat(project.echoCheck()).as("without a network").isEqualTo(FAIL);
  }

  @Test
  void holdsAgainstACentralThatAwaitsItsAgencies() throws IOException {
    project.exercise(8).generate(3).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project, "server")) {
      lottery.await("server", "accept_connections", "in_progress");
      assertThat(project.echoCheck()).isEqualTo(SUCCESS);
      lottery.assertNothingFailed();
    }
  }

  @Test
  void tellsServersThatAnswerAnythingElse() throws IOException {
    project.exercise(3).generate(0).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.stop();
      project.run("docker", "rm", "server");
      assertThat(answered("cat")).as("the same").isEqualTo(SUCCESS);
      assertThat(answered("read line; echo other")).as("something else").isEqualTo(FAIL);
      assertThat(answered("read line; echo \"$line\"; echo")).as("more").isEqualTo(FAIL);
      assertThat(answered("read line; printf %s \"$line\"")).as("less").isEqualTo(FAIL);
      assertThat(answered("read line")).as("nothing").isEqualTo(FAIL);
      assertThat(answered("sleep 60")).as("nothing, for long").isEqualTo(FAIL);
    }
  }

  private static String answered(String answer) {
    Guest guest = Guest.inPlaceOfTheServer(Configuration.USUAL.port(), answer);
    try {
      return project.echoCheck();
    } finally {
      guest.leave();
    }
  }
}
