package loteria.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesCommandTest {
  @TempDir private Path parent;

  @Test
  void makesFilesForTheirOwnerAlone() throws IOException {
    Path directory = parent.resolve("tls");
    Told told = certificates("--agencies", 2, "--host", "lottery.example", directory);
    assertThat(told.err()).isEmpty();
    assertThat(told.out())
        .startsWith("a CA, a central called lottery.example and 2 agencies, valid until ");
    assertThat(told.code()).isZero();
    assertThat(permissions(directory)).isEqualTo("rwx------");
    List<Path> files = files(directory);
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "agency-1.key",
            "agency-1.pem",
            "agency-2.key",
            "agency-2.pem",
            "ca.key",
            "ca.pem",
            "central.key",
            "central.pem");
    for (Path file : files) {
      assertThat(permissions(file)).isEqualTo("rw-------");
    }
  }

  @Test
  void replacesNothing() throws IOException {
    Path taken = Files.writeString(parent.resolve("agency-2.key"), "mine");
    Told told = certificates("--agencies", 2, parent);
    assertThat(told.err())
        .isEqualTo("loteria certificates: %s exists already; nothing was written%n", taken);
    assertThat(told.code()).isEqualTo(1);
    assertThat(files(parent)).containsExactly(taken);
    assertThat(taken).hasContent("mine");
  }

  @Test
  void refusesWhatIsNoHostAndMakesNothing() throws IOException {
    Told told = certificates("--host", "a b", parent.resolve("tls"));
    assertThat(told.err()).contains("'a b' is neither the name nor the address of a host");
    assertThat(told.code()).isEqualTo(2);
    assertThat(certificates("--agencies", 0, parent).err())
        .contains("agencies of 0 is not between 1 and 10000");
    assertThat(files(parent)).isEmpty();
  }

  private static Told certificates(Object... words) {
    return Told.byLoteria("certificates", words);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
