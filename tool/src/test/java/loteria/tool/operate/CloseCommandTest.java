package loteria.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import loteria.tool.Told;
import loteria.tool.inspect.MadeLottery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code loteria close} says without a central; with one it is run among the processes. */
class CloseCommandTest {
  @TempDir private Path directory;
  @TempDir private Path jars;

  @ParameterizedTest
  @CsvSource({
    "'', reason is empty",
    "'  ', reason is empty",
    "'a\nb', reason is not one line of text: it has the character U+000A",
    "no lleg\ufffd\ufffd, reason has letters that are lost in this locale; LC_ALL=C.UTF-8 keeps"
        + " them",
    "'\u001b[2J', reason is not one line of text: it has the character U+001B",
  })
  void takesNoReasonThatIsNotOneLine(String reason, String why) {
    Told told = close("--agency", "1", "--reason", reason, directory);
    assertThat(told.err()).isEqualTo("loteria close: %s (see loteria close --help)%n", why);
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void takesNoReasonThatIsTooLong() {
    Told told = close("--all-missing", "--reason", "ñ".repeat(101), directory);
    assertThat(told.err())
        .isEqualTo("loteria close: reason of 202 bytes exceeds 200 (see loteria close --help)\n");
    assertThat(told.code()).isEqualTo(2);
  }

  /** Who may not enter the directory does not see the socket, which is there. */
  @Test
  void tellsAnotherUserToRunItAsTheOwner() throws Exception {
    MadeLottery.receiving(directory).lay();
    Files.createFile(directory.resolve("control"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("---------"));
    try {
      List<String> command = new ArrayList<>();
      if (Files.isExecutable(directory)) {
        // Root may enter all; nobody may not.
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "root, and no setpriv");
        command.addAll(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
      }
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-cp",
              readableByAll(),
              "loteria.tool.Main"));
      command.addAll(List.of("close", "--agency", "1", "--reason", "no", directory.toString()));
      Process close = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(close.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said)
          .isEqualTo(
              "loteria close: %s: permission denied: run it as the owner, %s%n",
              directory, Files.getOwner(directory).getName());
      assertThat(close.waitFor()).isEqualTo(1);
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static Told close(Object... words) {
    return Told.byLoteria("close", words);
  }

  /** The class path, with copies of its jars: the originals may be in root's own home. */
  private String readableByAll() throws IOException {
    Files.setPosixFilePermissions(jars, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar") && Files.exists(path)) {
        path = Files.copy(path, jars.resolve(entries.size() + ".jar"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
      }
      entries.add(path.toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
