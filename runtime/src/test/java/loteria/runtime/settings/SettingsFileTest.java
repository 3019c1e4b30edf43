package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import loteria.runtime.settings.SettingsFile.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {
  @TempDir private Path directory;

  @Test
  void aMissingFileIsRefused() {
    Path path = directory.resolve("config.ini");

    for (Format format : Format.values()) {
      assertRefused(
          required(format, path),
          "configuration file %s: cannot be read: there is no such file or directory; allowed: "
              .formatted(path));
    }
  }

  @Test
  void aMissingFileSaysNothingIfItNeedNotBeThere() throws BadSettingException {
    Path path = directory.resolve("config.ini");

    assertThat(ifPresent(Format.INI, path).get()).isEmpty();
    assertThat(ifPresent(Format.YAML, path).get()).isEmpty();
  }

  @Test
  void aFileThatIsThereIsReadInItsFormat() throws IOException, BadSettingException {
    Path ini = write("config.ini", "[DEFAULT]\nA = 1\n".getBytes(StandardCharsets.UTF_8));
    Path yaml = write("config.yaml", "a: {B: 1}\n".getBytes(StandardCharsets.UTF_8));

    assertThat(required(Format.INI, ini).get()).containsOnlyKeys("a");
    assertThat(ifPresent(Format.INI, ini).get()).containsOnlyKeys("a");
    assertThat(required(Format.YAML, yaml).get()).containsOnlyKeys("a.b");
    assertThat(ifPresent(Format.YAML, yaml).get()).containsOnlyKeys("a.b");
  }

  @Test
  void aDirectoryIsRefusedEvenWhereTheFileNeedNotBeThere() {
    assertRefused(
        ifPresent(Format.INI, directory), "configuration file " + directory + ": cannot be read: ");
  }

  @Test
  void aFileOf64KibibytesIsReadAndALargerOneRefused() throws IOException, BadSettingException {
    byte[] largest = "#".repeat(65536).getBytes(StandardCharsets.UTF_8);
    byte[] larger = "#".repeat(65537).getBytes(StandardCharsets.UTF_8);

    assertThat(required(Format.INI, write("a", largest)).get()).isEmpty();
    assertThat(required(Format.YAML, write("b", largest)).get()).isEmpty();
    assertRefused(required(Format.INI, write("c", larger)), "is larger than 65536 bytes");
  }

  @Test
  void aByteOrderMarkIsRefused() throws IOException {
    byte[] marked = "\uFEFF[DEFAULT]\na = 1\n".getBytes(StandardCharsets.UTF_8);

    for (Format format : Format.values()) {
      assertRefused(required(format, write("a", marked)), "starts with a byte order mark");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    byte[] latin1 = "[DEFAULT]\na = ñ\n".getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(required(Format.INI, write("a", latin1)), "is not UTF-8");
    assertRefused(required(Format.YAML, write("b", latin1)), "is not UTF-8");
  }

  private interface Entries {
    Map<String, SettingsFile.Entry> get() throws BadSettingException;
  }

  private static Entries required(Format format, Path path) {
    return () -> SettingsFile.entries(path, format, true);
  }

  private static Entries ifPresent(Format format, Path path) {
    return () -> SettingsFile.entries(path, format, false);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static void assertRefused(Entries file, String message) {
    assertThatThrownBy(file::get)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(message);
  }
}
