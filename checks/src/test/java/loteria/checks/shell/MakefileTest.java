package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;

import loteria.testing.Command;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MakefileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run-cluster",
        "test",
        "check",
        "test-browser",
        "test-kafka",
        "simulate",
        "mutants",
        "torture",
        "fuzz",
        "bench",
        "test-docker",
        "build",
        "release",
        "reproduce",
        "data",
        "certificates",
        "docker-image",
        "docker-compose-up",
        "docker-compose-down",
        "docker-compose-logs",
        "entrega",
        "format",
        "count",
        "clean",
        "help"
      })
  void helpTellsOfEachTarget(String target) {
    assertThat(make().lines()).anyMatch(line -> line.matches(" *make " + target + " +\\w.+"));
  }

  @Test
  void helpIsWhatIsDoneWhenNothingIsSaid() {
    assertThat(make()).isEqualTo(make("help")).hasLineCount(26);
  }

  private static String make(String... targets) {
    return Command.of("make", "--silent", String.join("", targets).isEmpty() ? "help" : targets[0])
        .in(Root.file(""))
        .without("MAKEFLAGS")
        .run()
        .succeeded()
        .output();
  }
}
