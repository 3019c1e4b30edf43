package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {
  @TempDir private Path directory;

  @Test
  void noFileSaysNothing() throws BadSettingException {
    assertThat(SettingsFile.none().entries()).isEmpty();
  }

  @Test
  void aMissingFileIsRefused() {
    Path path = directory.resolve("config.ini");

    assertRefused(
        SettingsFile.ini(path),
        "configuration file " + path + ": there is no such file; allowed: ");
    assertRefused(
        SettingsFile.yaml(path),
        "configuration file " + path + ": there is no such file; allowed: ");
  }

  @Test
  void aMissingFileSaysNothingIfItNeedNotBeThere() throws BadSettingException {
    Path path = directory.resolve("config.ini");

    assertThat(SettingsFile.iniIfPresent(path).entries()).isEmpty();
    assertThat(SettingsFile.yamlIfPresent(path).entries()).isEmpty();
  }

  @Test
  void aFileThatIsThereIsReadInItsFormat() throws IOException, BadSettingException {
    Path ini = write("config.ini", "[DEFAULT]\nA = 1\n".getBytes(StandardCharsets.UTF_8));
    Path yaml = write("config.yaml", "a: {B: 1}\n".getBytes(StandardCharsets.UTF_8));

    assertThat(SettingsFile.ini(ini).entries()).containsOnlyKeys("a");
    assertThat(SettingsFile.iniIfPresent(ini).entries()).containsOnlyKeys("a");
    assertThat(SettingsFile.yaml(yaml).entries()).containsOnlyKeys("a.B");
    assertThat(SettingsFile.yamlIfPresent(yaml).entries()).containsOnlyKeys("a.B");
  }

  @Test
  void aDirectoryIsRefusedEvenWhereTheFileNeedNotBeThere() {
    assertRefused(
        SettingsFile.iniIfPresent(directory),
        "configuration file " + directory + ": cannot be read: ");
  }

  @Test
  void aFileOf64KibibytesIsReadAndALargerOneRefused() throws IOException, BadSettingException {
    byte[] largest = "#".repeat(65536).getBytes(StandardCharsets.UTF_8);
    byte[] larger = "#".repeat(65537).getBytes(StandardCharsets.UTF_8);

    assertThat(SettingsFile.ini(write("a", largest)).entries()).isEmpty();
    assertThat(SettingsFile.yaml(write("b", largest)).entries()).isEmpty();
    assertRefused(SettingsFile.ini(write("c", larger)), "is larger than 65536 bytes");
  }

  @Test
  void aByteOrderMarkIsRefused() throws IOException {
    byte[] marked = "\uFEFF[DEFAULT]\na = 1\n".getBytes(StandardCharsets.UTF_8);

    assertRefused(SettingsFile.ini(write("a", marked)), "starts with a byte order mark");
    assertRefused(SettingsFile.yaml(write("b", marked)), "starts with a byte order mark");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    byte[] latin1 = "[DEFAULT]\na = ñ\n".getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(SettingsFile.ini(write("a", latin1)), "is not UTF-8");
    assertRefused(SettingsFile.yaml(write("b", latin1)), "is not UTF-8");
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static void assertRefused(SettingsFile file, String message) {
    assertThatThrownBy(file::entries)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(message);
  }
}
