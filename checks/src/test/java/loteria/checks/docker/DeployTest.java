package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real lottery with {@code deploy/}, as docs/OPERATIONS.md says: TLS, and the number later. */
@OnDocker
final class DeployTest {
  private static final String CENTRAL = "loteria-central";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private Project project;
  private Path tls;
  private Path environment;

  @BeforeEach
  void isPrepared() throws IOException {
    project = Project.cloned(folder);
    project.run("make", "docker-image");
    tls = Files.createDirectory(folder.resolve("tls"));
    docker(
        "run",
        "--rm",
        "--user",
        "0",
        "--volume",
        tls + ":/made",
        "--entrypoint",
        "sh",
        "client:latest",
        "-c",
        "/loteria/loteria certificates --agencies 2 --host localhost /made/all"
            + " && mv /made/all/* /made && chown -R 10001:10001 /made");
    for (int agency = 1; agency <= 2; agency++) {
      project.data(agency, List.of("Ana,Paz,30904465,1999-03-17,7574", "Luz,Sol,1,2000-01-01,1"));
    }
    environment = folder.resolve("lottery.env");
    Files.writeString(environment, "LOTERIA_AGENCIES=2\nTLS_DIRECTORY=%s\n".formatted(tls));
    compose("up", "-d");
  }

  @AfterEach
  void isGone() {
    compose("down", "--volumes", "--timeout", "5");
  }

  @Test
  void sealsTheBetsAndDrawsTheNumberThatTheOperatorSays() {
    until("{{.State.Health.Status}}", "healthy");
    assertThat(inspect("{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}"))
        .isEqualTo("true [ALL]");
    List<Command.Started> agencies = Stream.of(1, 2).map(this::agency).toList();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> docker("logs", CENTRAL).output().contains("action: await_number"));
    docker("exec", CENTRAL, "loteria", "draw", "--number", "7574", "/datos");
    for (Command.Started agency : agencies) {
      try (agency) {
        assertThat(agency.outcome().succeeded().output())
            .contains("action: consulta_ganadores | result: success | cant_ganadores: 1");
      }
    }
    assertThat(docker("exec", CENTRAL, "loteria", "verify", "/datos").output()).contains("7574");
  }

  private Command.Started agency(int agency) {
    return Command.of(
            "docker",
            "run",
            "--rm",
            "--network",
            "container:" + CENTRAL,
            "--volume",
            project.root().resolve(".data") + ":/data:ro",
            "--volume",
            tls + ":/tls:ro",
            "client:latest",
            "--id",
            agency,
            "--server-address",
            "localhost:12345",
            "--data",
            "/data",
            "--tls-certificate",
            "/tls/agency-%d.pem".formatted(agency),
            "--tls-key",
            "/tls/agency-%d.key".formatted(agency),
            "--tls-ca",
            "/tls/ca.pem")
        .start();
  }

  private static void until(String format, String wanted) {
    Awaitility.await().atMost(PATIENCE).until(() -> inspect(format).equals(wanted));
  }

  private static String inspect(String format) {
    return docker("inspect", "--format", format, CENTRAL).output().strip();
  }

  private void compose(String... words) {
    var _ =
        project
            .at("docker", "compose", "-f", "deploy/compose.yaml", "--env-file", environment)
            .and((Object[]) words)
            .run()
            .succeeded();
  }

  private static Outcome docker(Object... words) {
    return Command.of("docker").and(words).run().succeeded();
  }
}
