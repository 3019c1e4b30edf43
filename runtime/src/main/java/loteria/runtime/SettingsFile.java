package loteria.runtime;

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
import java.util.Map;

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
    INI(false),

    /** As Go's viper reads it; see {@link YamlReader}, and {@link PlainYaml} beside it. */
    YAML(true);

    private final boolean emptyVariableIsUnset;

    Format(boolean emptyVariableIsUnset) {
      this.emptyVariableIsUnset = emptyVariableIsUnset;
    }

    boolean emptyVariableIsUnset() {
      return emptyVariableIsUnset;
    }
  }

  private SettingsFile() {}

  /** What messages call it. */
  static String source(Path path) {
    return "file ".concat(path.toString());
  }

  /**
   * All that the file says, by key in lower case.
   *
   * @param required whether it must exist
   */
  static Map<String, FileEntry> entries(Path path, Format format, boolean required)
      throws BadSettingException {
    byte[] bytes;
    try (InputStream in = open(path)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    } catch (IOException unreadable) {
      if (unreadable instanceof NoSuchFileException && !required) {
        return Map.of();
      }
      throw refusal(path, "cannot be read: " + Reason.of(unreadable));
    }
    String text = text(path, bytes);
    if (format == Format.INI) {
      return IniReader.entries(text, source(path));
    }
    Map<String, FileEntry> plain = PlainYaml.entries(text, source(path));
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
