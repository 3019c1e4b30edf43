package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import loteria.testing.Command;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What {@code docker-compose-dev.yaml} describes, up until closed. Not thread-safe. */
final class Deployment implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Project project;

  private Deployment(Project project) {
    this.project = project;
  }

  /** Brings all of it up by {@code make docker-compose-up}. */
  static Deployment up(Project project) {
    Deployment deployment = ready(project);
    try {
      project.run("make", "docker-compose-up");
      return deployment;
    } catch (AssertionError e) {
      deployment.close();
      throw e;
    }
  }

  /** Brings up only some of the services. */
  static Deployment up(Project project, String... services) {
    Deployment deployment = ready(project);
    project.run("make", "docker-image");
    var _ = deployment.compose("up", "-d", "--no-deps").and((Object[]) services).run().succeeded();
    return deployment;
  }

  private static Deployment ready(Project project) {
    assertThat(
            project
                .run("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=tp0")
                .output())
        .as("containers of the project tp0, which must be taken down before these tests run")
        .isEmpty();
    return new Deployment(project);
  }

  /** Starts one more of the services. */
  void start(String service) {
    String _ = composed("up", "-d", "--no-deps", service);
  }

  /** Restarts a service, by which changed configuration is read; the server until it accepts. */
  void restart(String service) {
    int before = lines(service, "accept_connections", "in_progress").size();
    String _ = composed("restart", "-t", "2", service);
    if (service.equals("server")) {
      until(
          "the server accepts again",
          () -> lines(service, "accept_connections", "in_progress").size() > before);
    }
  }

  /** Sends SIGTERM, and SIGKILL three seconds later, to these services or to all. */
  void stop(String... services) {
    var _ = compose("stop", "-t", "3").and((Object[]) services).run().succeeded();
  }

  private Command compose(Object... words) {
    return project.at("docker", "compose", "-f", "docker-compose-dev.yaml").and(words);
  }

  private String composed(Object... words) {
    return compose(words).run().succeeded().output();
  }

  /** The names of the containers that there are, running or not. */
  List<String> containers() {
    return composed("ps", "--all", "--format", "{{.Name}}").lines().toList();
  }

  /** All that was logged until now, in order within each service. */
  List<LogLine> lines() {
    return LogLine.all(composed("logs", "--no-color"));
  }

  List<LogLine> lines(String service) {
    return lines().stream().filter(line -> line.service().equals(service)).toList();
  }

  /** A service's lines that tell of this action with this result. */
  List<LogLine> lines(String service, String action, String result) {
    return lines(service).stream().filter(line -> line.says(action, result)).toList();
  }

  /** Waits until a service's lines are as wanted. */
  void await(String service, String wanted, Predicate<List<LogLine>> condition) {
    until(service + ": " + wanted, () -> condition.test(lines(service)));
  }

  /** Waits until a service tells of this action with this result. */
  void await(String service, String action, String result) {
    await(
        service,
        "action: " + action + " | result: " + result,
        lines -> lines.stream().anyMatch(line -> line.says(action, result)));
  }

  /** Waits until the central has stored this many bets in batches. */
  void awaitStored(int bets) {
    await("server", bets + " bets stored", lines -> stored(lines) == bets);
  }

  static int stored(List<LogLine> lines) {
    return lines.stream()
        .filter(line -> line.says("apuesta_recibida", "success"))
        .mapToInt(line -> Integer.parseInt(line.value("cantidad")))
        .sum();
  }

  /** Waits until a service has ended by itself, and gives its exit code. */
  int exit(String service) {
    until(service + " ends", () -> state(service).startsWith("exited "));
    return exitCode(service);
  }

  /** The exit code of a service that has ended; 137 when it had to be killed. */
  int exitCode(String service) {
    String state = state(service);
    assertThat(state).as(service).startsWith("exited ");
    return Integer.parseInt(state.substring("exited ".length()));
  }

  private String state(String service) {
    return inspect("{{.State.Status}} {{.State.ExitCode}}", service);
  }

  private String inspect(String format, String service) {
    return project.run("docker", "inspect", "--format", format, service).output().strip();
  }

  /** Follows the logs by {@code make docker-compose-logs}, until all have ended. */
  Command.Started follow() {
    return project.at("make", "docker-compose-logs").start();
  }

  /** Waits until who follows the logs has heard of these services: it hears their ends then. */
  void awaitFollowed(Command.Started following, String... services) {
    until(
        "the logs are followed",
        () ->
            LogLine.all(following.said()).stream()
                .map(LogLine::service)
                .toList()
                .containsAll(List.of(services)));
  }

  /** The sealed file, as it lies in the central's container. */
  byte[] sealed() throws IOException {
    Path copy = Files.createTempFile("bets", ".csv");
    try {
      project.run("docker", "cp", "server:/datos/bets.csv", copy);
      return Files.readAllBytes(copy);
    } finally {
      Files.delete(copy);
    }
  }

  /** Nobody told of a failure. */
  void assertNothingFailed() {
    assertThat(lines())
        .filteredOn(line -> line.value("result").equals("fail"))
        .as("lines that tell of a failure")
        .isEmpty();
  }

  private void until(String wanted, Callable<Boolean> condition) {
    try {
      Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(condition);
    } catch (ConditionTimeoutException e) {
      String logs = composed("logs", "--no-color");
      throw new AssertionError(
          "not within " + PATIENCE.toSeconds() + " s: " + wanted + "\n" + logs, e);
    }
  }

  /** Takes it down by {@code make docker-compose-down}. */
  @Override
  public void close() {
    project.run("make", "docker-compose-down");
  }
}
