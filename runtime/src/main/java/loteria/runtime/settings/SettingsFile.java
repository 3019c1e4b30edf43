package loteria.runtime.settings;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import loteria.runtime.Failures;
import org.jspecify.annotations.Nullable;

/**
 * The file that a program's settings come from. No class of YAML is loaded for another format, nor
 * for a file that is {@linkplain PlainYaml plain}.
 */
public final class SettingsFile {
  static final int FILE_BYTES_MAX = 64 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String ALLOWED = "a readable file of at most 65536 bytes in UTF-8";

  /** How a file is written, and whose reading of files and environment we follow. */
  public enum Format {
    /** As Python's configparser reads it, beside {@code os.getenv}; see {@link IniReader}. */
    INI,

    /**
     * As Go's viper reads it, to which an empty variable is as none; see {@link YamlReader}, and
     * {@link PlainYaml} beside it.
     */
    YAML
  }

  /**
   * One value that a settings file gives.
   *
   * @param key its name, as written; upper and lower case are alike
   * @param value the text as written, without quotes; null if there is nothing, as under a YAML key
   *     with an empty value
   * @param source the file and the line, for messages
   */
  record Entry(String key, @Nullable String value, String source) {
    /** The value for messages. */
    String written() {
      return value == null ? "" : value;
    }

    /** Adds it to the entries by key in lower case, whose keys are given once each. */
    void addTo(Map<String, Entry> entries) throws BadSettingException {
      Entry first = entries.putIfAbsent(key.toLowerCase(Locale.ROOT), this);
      if (first != null) {
        throw BadSettingException.ofValue(
            key, written(), source, "is given twice, first in " + first.source);
      }
    }
  }

  private SettingsFile() {}

  /** What messages call it. */
  static String source(Path path) {
    return "file ".concat(path.toString());
  }

  /** What messages call a line of the file. */
  static String line(String source, int number) {
    return String.join(" ", source, "line", Integer.toString(number));
  }

  /**
   * All that the file says, by key in lower case.
   *
   * @param required whether it must exist
   */
  static Map<String, SettingsFile.Entry> entries(Path path, Format format, boolean required)
      throws BadSettingException {
    byte[] bytes;
    try (InputStream in = open(path)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    } catch (IOException unreadable) {
      if (unreadable instanceof NoSuchFileException && !required) {
        return Map.of();
      }
      throw refusal(path, "cannot be read: " + Failures.reason(unreadable));
    }
    String text = text(path, bytes);
    if (format == Format.INI) {
      return IniReader.entries(text, source(path));
    }
    Map<String, SettingsFile.Entry> plain = PlainYaml.entries(text, source(path));
    return plain == null ? YamlReader.entries(text, source(path)) : plain;
  }

  /**
   * Some thirty classes fewer are loaded for a stream of java.io; but why it cannot, Files says.
   */
  private static InputStream open(Path path) throws IOException {
    File file = path.toFile();
    return file.isFile() && file.canRead() ? new FileInputStream(file) : Files.newInputStream(path);
  }

  private static String text(Path path, byte[] bytes) throws BadSettingException {
    if (bytes.length > FILE_BYTES_MAX) {
      throw refusal(path, "is larger than " + FILE_BYTES_MAX + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw refusal(path, "is not UTF-8");
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw refusal(path, "starts with a byte order mark; save it as UTF-8 without one");
    }
    return text;
  }

  private static BadSettingException refusal(Path path, String problem) {
    return BadSettingException.ofFile(source(path), problem, ALLOWED);
  }
}
