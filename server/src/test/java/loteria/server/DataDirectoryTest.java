package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read what the central keeps. */
final class DataDirectoryTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void whatTheCentralMakesIsForItsOwnerAlone() throws Exception {
    try (TestCentral central = TestCentral.start(folder, 1)) {
      central.agency(1).upload(1, SampleBets.file(1, 3), 3);
      central.log.await(1, "action: sorteo");
      assertThat(central.log.with("restrict_file")).isEmpty();
      assertThat(central.log.with("open_directory")).isEmpty();
      assertThat(mode(data())).isEqualTo("rwx------");
      for (String name : List.of("journal", "bets.csv", "lock")) {
        assertThat(mode(data().resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void whatWasOpenToOthersIsClosedToThemAndThatIsSaid() throws Exception {
    TestCentral.start(folder, 1).close();
    Path journal = data().resolve("journal");
    Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxrwxr-x"));
    try (TestCentral central = TestCentral.start(folder, 1)) {
      assertThat(mode(journal)).isEqualTo("rw-------");
      assertThat(central.log.with("restrict_file", "permissions_before: rw-r--r--")).hasSize(1);
      assertThat(central.log.with("open_directory", "permissions: rwxrwxr-x")).hasSize(1);
      assertThat(mode(data())).as("it is somebody's choice").isEqualTo("rwxrwxr-x");
    }
  }

  private Path data() {
    return folder.resolve("datos");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
