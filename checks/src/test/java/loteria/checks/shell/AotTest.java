package loteria.checks.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.testing.Root;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/aot} with a Java of the test's own. */
final class AotTest {
  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void lay() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("home/bin"));
    Files.createDirectory(folder.resolve("lib"));
  }

  /** A Java that makes no bets, and as the central does this. */
  private void javaWhoseCentral(String does) throws IOException {
    Path java =
        Files.writeString(
            folder.resolve("home/bin/java"),
            """
            #!/bin/sh
            case "$*" in
              *loteria.server.Main*) %s ;;
            esac
            """
                .formatted(does));
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void saysWhatTheCentralSaidThatDoesNotListen() throws IOException {
    javaWhoseCentral("echo no memory; exit 1");
    Outcome failed =
        Command.of("sh", Root.file("bin/aot"), "train", folder.resolve("home"), folder)
            .with("TMPDIR", temporary)
            .run();
    assertThat(failed.errors()).isEqualTo("aot: the central does not listen: no memory\n");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          train HOME nowhere        | aot: 'nowhere' has no lib: it is no distribution
          train nowhere .           | aot: 'nowhere' has no bin/java: it is no JDK
          name HOME                 | bin/aot name HOME FOLDER PROGRAM
          name HOME nowhere central | aot: 'nowhere' has no lib: it is no distribution
          name nowhere . central    | aot: 'nowhere' has no bin/java: it is no JDK
          name HOME . run           | aot: 'run' is neither central nor agency
          name HOME . ''            | aot: '' is neither central nor agency
          """)
  void wrongArgumentsAreWrongUsage(String arguments, String said) throws IOException {
    javaWhoseCentral("exit 1");
    List<Object> command = new ArrayList<>(List.of("sh", Root.file("bin/aot")));
    String words = arguments.replace("HOME", folder + "/home").replace("''", "");
    command.addAll(List.of(words.split(" ", -1)));
    Outcome refused = Command.of(command.toArray()).in(folder).run();
    assertThat(refused.errors()).startsWith(said);
    assertThat(refused.exit()).isEqualTo(2);
  }

  @Test
  void leavesNothingBehindWhenItIsTold() throws Exception {
    Path pid = folder.resolve("pid");
    javaWhoseCentral("echo $$ >%s; exec sleep 1000".formatted(pid));
    ProcessBuilder command =
        new ProcessBuilder(
            "sh", Root.file("bin/aot").toString(), "train", folder + "/home", folder.toString());
    command.environment().put("TMPDIR", temporary.toString());
    Process training = command.start();
    try {
      await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
      assertThat(training.toHandle().destroy()).isTrue();
      assertThat(training.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(training.exitValue()).isEqualTo(143);
      assertThat(temporary).isEmptyDirectory();
      long central = Long.parseLong(Files.readString(pid).strip());
      await().until(() -> ProcessHandle.of(central).isEmpty());
    } finally {
      training.destroyForcibly();
    }
  }
}
