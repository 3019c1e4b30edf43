package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two images by themselves: what they are made of, and what they can do without. */
@OnDocker
final class ImagesTest {

  private static final long BYTES_MAX = 120_000_000;
  private static final String BASE = "debian:bookworm-slim";

  /** Nothing that a central has a use for. */
  private static final Object[] CONFINED = {
    "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"
  };

  @TempDir static Path folder;
  private static Project project;

  @BeforeAll
  static void buildTheImages() {
    project = Project.cloned(folder);
    project.run("make", "docker-image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server:latest", "client:latest"})
  void addsLittleToItsBase(String image) {
    assertThat(bytes(image) - bytes(BASE)).isBetween(0L, BYTES_MAX);
  }

  private static long bytes(String image) {
    return Long.parseLong(inspect("{{.Size}}", image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server:latest", "client:latest"})
  void saysOfWhichVersionAndCommitItIs(String image) {
    String commit = project.run("git", "rev-parse", "HEAD").output().strip();
    String label = "{{index .Config.Labels \"org.opencontainers.image.%s\"}}";
    assertThat(inspect(label.formatted("revision"), image)).isEqualTo(commit);
    assertThat(inspect(label.formatted("version"), image)).matches("\\d+\\.\\d+.*");
    assertThat(docker("run", "--rm", image, "--version").output())
        .contains("commit    " + commit)
        .contains("loteria   " + inspect(label.formatted("version"), image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"server:latest", "client:latest"})
  void runsAsSomebodyWhoIsNotRootAndWithoutAShell(String image) {
    assertThat(inspect("{{.Config.User}}", image)).isEqualTo("10001:10001");
    assertThat(inspect("{{index .Config.Entrypoint 0}}", image)).endsWith("/bin/java");
    assertThat(docker("run", "--rm", "--entrypoint", "/usr/bin/id", image).output())
        .startsWith("uid=10001 gid=10001");
  }

  @Test
  void theCentralKeepsItsBetsInAVolumeAndNeedsNothingElseToWriteIn() {
    String volume = docker("volume", "create").output().strip();
    Object mount = volume + ":/datos";
    try {
      String central =
          Command.of("docker", "run", "--detach")
              .and(CONFINED)
              .and("--volume", mount, "server:latest")
              .run()
              .succeeded()
              .output()
              .strip();
      try {
        awaitLog(central, "action: listen | result: success");
        docker("stop", central);
        assertThat(inspect("{{.State.ExitCode}}", central)).isEqualTo("0");
      } finally {
        docker("rm", "--force", central);
      }
      // What the next container finds.
      docker(
          "run",
          "--rm",
          "--volume",
          mount,
          "--entrypoint",
          "loteria",
          "server:latest",
          "dump",
          "/datos/journal");
    } finally {
      docker("volume", "rm", volume);
    }
  }

  @Test
  void anAgencyWritesNothing() {
    Outcome outcome =
        Command.of("docker", "run", "--rm")
            .and(CONFINED)
            .and("client:latest", "--id=1", "--task=echo", "--patience=0s")
            .and("--server-address=127.0.0.1:1")
            .run();
    assertThat(outcome.exit()).as(outcome.toString()).isEqualTo(69);
  }

  private static void awaitLog(String container, String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> docker("logs", container).output().contains(text));
  }

  private static String inspect(String format, String what) {
    return docker("inspect", "--format", format, what).output().strip();
  }

  private static Outcome docker(Object... words) {
    return Command.of("docker").and(words).run().succeeded();
  }
}
