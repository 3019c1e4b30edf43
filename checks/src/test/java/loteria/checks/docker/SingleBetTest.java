package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercise 5: each agency's one bet, from the environment, stored and told of on both sides. */
@OnDocker
final class SingleBetTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void isStoredAndConfirmed(int agencies) throws IOException {
    Project project =
        Project.cloned(folder).exercise(5).generate(agencies).configure(Configuration.USUAL);
    List<String> expected = betsIn(project.root().resolve("docker-compose-dev.yaml"));
    assertThat(expected).hasSize(agencies);
    try (Deployment lottery = Deployment.up(project)) {
      for (int k = 1; k <= agencies; k++) {
        String client = "client" + k;
        assertThat(lottery.exit(client)).as(client).isZero();
        assertThat(lottery.lines(client, "apuesta_enviada", "success"))
            .extracting(SingleBetTest::bet)
            .containsExactly(expected.get(k - 1));
      }
      assertThat(lottery.lines("server", "apuesta_almacenada", "success"))
          .extracting(SingleBetTest::bet)
          .containsExactlyInAnyOrderElementsOf(expected);
      lottery.assertNothingFailed();
    }
  }

  @Test
  void isTakenAsTheEnvironmentSaysIt() throws IOException {
    Project project = Project.cloned(folder).exercise(5).generate(1).configure(Configuration.USUAL);
    Path file = project.root().resolve("docker-compose-dev.yaml");
    String changed =
        Files.readString(file)
            .replaceAll("NOMBRE=.*", "NOMBRE=Ñandú Belén")
            .replaceAll("DOCUMENTO=.*", "DOCUMENTO=01234567")
            .replaceAll("NUMERO=.*", "NUMERO=0");
    Files.writeString(file, changed);
    try (Deployment lottery = Deployment.up(project)) {
      assertThat(lottery.exit("client1")).isZero();
      assertThat(lottery.lines("server", "apuesta_almacenada", "success"))
          .extracting(SingleBetTest::bet)
          .containsExactly("01234567 0");
      lottery.assertNothingFailed();
    }
  }

  private static String bet(LogLine line) {
    return line.value("dni") + " " + line.value("numero");
  }

  private static List<String> betsIn(Path file) throws IOException {
    return Pattern.compile("DOCUMENTO=(\\d+)\\s+- NACIMIENTO=\\S+\\s+- NUMERO=(\\d+)")
        .matcher(Files.readString(file))
        .results()
        .map(result -> result.group(1) + " " + result.group(2))
        .toList();
  }
}
