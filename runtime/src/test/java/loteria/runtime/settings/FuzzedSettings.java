package loteria.runtime.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import loteria.testing.Allocation;

/**
 * What must hold of a reader of settings, whatever a file says.
 *
 * @param header what a file begins with that says things plainly
 * @param plainly how a file says one entry
 */
record FuzzedSettings(String header, Reader reader, Function<SettingsFile.Entry, String> plainly) {
  /** Messages, and the tables and buffers of a parser. */
  private static final long ALLOCATED_BYTES_MAX = 256 * 1024;

  private static final long ALLOCATED_PER_BYTE_MAX = 1024;

  /** As {@link IniReader#entries} and {@link YamlReader#entries}. */
  @FunctionalInterface
  interface Reader {
    Map<String, SettingsFile.Entry> entries(String text, String source) throws BadSettingException;
  }

  /** Reads a file that is text and not too long: others are refused before they are read. */
  void read(byte[] file) throws Exception {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      return;
    }
    Allocation.atMost(
        ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * file.length, () -> attempt(text.get()));

    Optional<Map<String, String>> values = values(text.get());
    values.ifPresent(found -> assertThat(values(plain(found))).contains(found));
  }

  private static Optional<String> text(byte[] file) {
    if (file.length > SettingsFile.FILE_BYTES_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private void attempt(String text) {
    try {
      reader.entries(text, "file f");
    } catch (BadSettingException _) {
      // What it says is looked at where nothing is measured.
    }
  }

  /** What a text says; empty if it is refused, in one line that says where. */
  private Optional<Map<String, String>> values(String text) {
    try {
      Map<String, SettingsFile.Entry> entries = reader.entries(text, "file f");
      entries.forEach(
          (key, entry) -> assertThat(entry.key().toLowerCase(Locale.ROOT)).isEqualTo(key));
      return Optional.of(
          entries.entrySet().stream()
              .filter(entry -> entry.getValue().value() != null)
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().written())));
    } catch (BadSettingException refused) {
      assertThat(refused).hasMessageContaining("file f").message().hasLineCount(1);
      return Optional.empty();
    }
  }

  private String plain(Map<String, String> values) {
    StringBuilder text = new StringBuilder(header);
    values.forEach(
        (key, value) -> text.append(plainly.apply(new SettingsFile.Entry(key, value, ""))));
    return text.toString();
  }
}
