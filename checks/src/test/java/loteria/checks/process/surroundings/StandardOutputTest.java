package loteria.checks.process.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.junit.jupiter.api.Test;

/** What cannot be printed is an error; a reader that has seen enough is none. */
final class StandardOutputTest extends ProcessTest {
  private static final String[] COMMANDS = {
    "verify data",
    "dump data/journal",
    "--help",
    "verify --help",
    "--version",
    "central --help",
    "agency --version",
    "completion bash"
  };

  @Test
  void isToldWhenItIsFullOrClosedAndNotWhenItsReaderHasGone() throws IOException {
    programs.lay(List.of(Bets.rows(1, 3_000, 1)));
    Running central = programs.central(1);
    programs.agency(1, "--batch-max-amount", "1").assertExits(0);
    central.terminate();
    central.assertExits(0);

    for (String command : COMMANDS) {
      Outcome full = shell(command, "> /dev/full");
      assertThat(full.exit()).as("%s", full).isEqualTo(74);
      assertThat(full.errors())
          .as("%s", full)
          .hasLineCount(1)
          .contains("standard output cannot be written", "No space left");
      Outcome closed = shell(command, ">&-");
      assertThat(closed.exit()).as("%s", closed).isEqualTo(74);
      assertThat(closed.errors()).as("%s", closed).hasLineCount(1);
      assertThat(shell(command, "> /dev/null").exit()).as(command).isZero();
    }
    Outcome head = shell("dump data/journal", "| head -1");
    assertThat(head.exit()).isZero();
    assertThat(head.output()).hasLineCount(1);
    assertThat(head.errors()).isEmpty();
  }

  private Outcome shell(String command, String redirection) {
    String line =
        Stream.of(programs.toolCommand(command.split(" ", -1)))
            .flatMap(List::stream)
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return Command.of("sh", "-c", line + " " + redirection)
        .in(programs.data().resolveSibling("."))
        .run();
  }
}
