package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.tool.inspect.MadeLottery;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes whose standard output takes nothing. */
class StandardOutputTest {
  @TempDir private Path directory;

  /** A command of the tool in a shell, {@code "$@"} being the tool. */
  private Outcome shell(String script) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    Object[] tool = {java, "-XX:+UseSerialGC", "-cp", classPath, Main.class.getName()};
    return Command.of(Stream.concat(Stream.of("sh", "-c", script, "sh"), Stream.of(tool)).toArray())
        .in(directory)
        .run();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dump .", "verify .", "export .", "completion bash", "--help", "dump --help"})
  void aFullDeviceIsAWordAndAnExitCode(String command) {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "there is no /dev/full");
    MadeLottery.receiving(directory).lay();
    Outcome outcome = shell("\"$@\" " + command + " >/dev/full");
    assertThat(outcome.exit()).isEqualTo(74);
    assertThat(outcome.errors())
        .matches(
            "loteria[a-z ]*: the standard output cannot be written: No space left on device\n");
  }

  /** The reader is gone before the first byte. */
  @ParameterizedTest
  @ValueSource(strings = {"dump .", "export .", "completion bash", "--help", "help central"})
  void aReaderThatHasSeenEnoughIsNoWord(String command) {
    MadeLottery.receiving(directory).lay();
    Outcome outcome =
        shell(
            "{ sleep 0.3; \"$@\" "
                + command
                + "; echo $? >code; } | true; while ! [ -s code ]; do sleep 0.1; done");
    assertThat(outcome.output() + outcome.errors()).isEmpty();
    assertThat(directory.resolve("code")).hasContent("74\n");
  }
}
