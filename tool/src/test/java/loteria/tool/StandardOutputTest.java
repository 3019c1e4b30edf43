package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes whose standard output takes nothing. */
class StandardOutputTest {
  @TempDir private Path directory;

  /** A command of the tool in a shell, {@code "$@"} being the tool. */
  private int shell(String script) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("sh", "-c", script, "sh"),
                Programs.java(List.of("-XX:+UseSerialGC"), "loteria.tool.Main").stream())
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("said"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dump .", "verify .", "export .", "completion bash", "--help", "dump --help"})
  void aFullDeviceIsAWordAndAnExitCode(String command) throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/full")), "there is no /dev/full");
    MadeLottery.receiving(directory).lay();
    assertThat(shell("\"$@\" " + command + " >/dev/full")).isEqualTo(74);
    assertThat(said())
        .matches(
            "loteria[a-z ]*: the standard output cannot be written: No space left on device\n");
  }

  /** The reader is gone before the first byte. */
  @ParameterizedTest
  @ValueSource(strings = {"dump .", "export .", "completion bash", "--help"})
  void aReaderThatHasSeenEnoughIsNoWord(String command) throws Exception {
    MadeLottery.receiving(directory).lay();
    int ignored =
        shell(
            "{ sleep 0.3; \"$@\" "
                + command
                + "; echo $? >code; } | true; while ! [ -s code ]; do sleep 0.1; done");
    assertThat(said()).isEmpty();
    assertThat(directory.resolve("code")).hasContent("74\n");
  }
}
