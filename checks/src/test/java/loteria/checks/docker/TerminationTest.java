package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import loteria.checks.Bets;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exercise 4: whoever gets SIGTERM ends in order within a second, and two more on a busy machine.
 * Compose kills what has not ended by then, which shows as exit code 137: no clock is needed here.
 */
@OnDocker
final class TerminationTest {

  private static final Configuration LONG_LOOP = Configuration.USUAL.withLoop(1000, "300ms");

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void cloneTheProject() {
    project = Project.cloned(folder);
  }

  private static void assertEndsInOrder(Deployment lottery, String... services) {
    Map<String, Long> before = linesOf(lottery);
    lottery.stop(services);
    Map<String, Long> after = linesOf(lottery);
    for (String service : services) {
      assertThat(lottery.exitCode(service)).as(service).isZero();
      assertThat(after.getOrDefault(service, 0L))
          .as("%s: what was closed", service)
          .isGreaterThan(before.getOrDefault(service, 0L));
    }
  }

  private static Map<String, Long> linesOf(Deployment lottery) {
    return lottery.lines().stream()
        .collect(Collectors.groupingBy(LogLine::service, Collectors.counting()));
  }

  @Test
  void agenciesThenTheServerEndInOrder() throws IOException {
    project.exercise(4).generate(2).configure(LONG_LOOP);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.await("client1", "receive_message", "success");
      lottery.await("client2", "receive_message", "success");
      assertEndsInOrder(lottery, "client1");
      assertEndsInOrder(lottery, "client2");
      assertEndsInOrder(lottery, "server");
      lottery.assertNothingFailed();
    }
  }

  @Test
  void theServerEndsInOrderUnderItsAgenciesAndTheyAfterIt() throws IOException {
    project.exercise(4).generate(2).configure(LONG_LOOP);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.await("client2", "receive_message", "success");
      assertEndsInOrder(lottery, "server");
      lottery.stop("client1", "client2");
      assertThat(lottery.exitCode("server")).isZero();
    }
  }

  @Test
  void aServerWithoutAgenciesEndsInOrder() throws IOException {
    project.exercise(4).generate(0).configure(Configuration.USUAL);
    try (Deployment lottery = Deployment.up(project)) {
      lottery.await("server", "accept_connections", "in_progress");
      assertEndsInOrder(lottery, "server");
      lottery.assertNothingFailed();
    }
  }

  @Test
  void allTogetherEndInOrderAndComposeSaysSo() throws Exception {
    project.exercise(4).generate(2).configure(LONG_LOOP);
    try (Deployment lottery = Deployment.up(project);
        Command.Started following = lottery.follow()) {
      lottery.await("client1", "receive_message", "success");
      lottery.await("client2", "receive_message", "success");
      lottery.awaitFollowed(following, "server", "client1", "client2");
      assertEndsInOrder(lottery, "server", "client1", "client2");
      Outcome followed = following.outcome();
      assertThat(LogLine.all(followed.output())).extracting(LogLine::service).contains("client2");
      assertThat(followed.output() + followed.errors())
          .contains("server exited with code 0")
          .contains("client1 exited with code 0")
          .contains("client2 exited with code 0");
    }
  }

  @Test
  void allEndInOrderInTheMiddleOfAnUploadAndOfAMessage() throws IOException {
    project.exercise(8).generate(2).configure(Configuration.USUAL.withBatchMaxAmount(1));
    // Slowly: each bet waits for the answer to the one before.
    project.serverSetting("WINDOW = 1");
    project.data(1, Bets.rows(1, 1_000_000, 1)).data(2, Bets.rows(2, 1_000_000, 1));
    try (Deployment lottery = Deployment.up(project, "server")) {
      lottery.await("server", "accept_connections", "in_progress");
      Guest halfSaid = Guest.thatStaysAfter("half a mess");
      try {
        lottery.start("client1");
        lottery.start("client2");
        lottery.await("server", "apuesta_recibida", "success");
        assertEndsInOrder(lottery, "server", "client1", "client2");
        assertThat(Deployment.stored(lottery.lines("server"))).isLessThan(2_000_000);
      } finally {
        halfSaid.leave();
      }
    }
  }

  @Test
  void allEndInOrderWhileTheyAwaitTheDraw() throws IOException {
    project.exercise(8).generate(3).configure(Configuration.USUAL);
    project.data(1, Bets.rows(1, 150, 1)).data(2, Bets.rows(2, 150, 1));
    try (Deployment lottery = Deployment.up(project, "server", "client1", "client2")) {
      lottery.awaitStored(300);
      assertEndsInOrder(lottery, "server", "client1", "client2");
      assertThat(lottery.lines("server", "sorteo", "success")).isEmpty();
      lottery.assertNothingFailed();
    }
  }
}
