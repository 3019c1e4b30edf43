package loteria.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file that a program's settings come from, if any. Nothing is opened before the settings are
 * read, and no class of YAML is loaded for another format. Immutable.
 */
public final class SettingsFile {
  static final int FILE_BYTES_MAX = 64 * 1024;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String ALLOWED = "a readable file of at most 65536 bytes in UTF-8";

  /** How a file is written. */
  public enum Format {
    INI,
    YAML
  }

  private final @Nullable Path path;
  private final Format format;
  private final boolean required;

  private SettingsFile(@Nullable Path path, Format format, boolean required) {
    this.path = path;
    this.format = format;
    this.required = required;
  }

  /** A file that must exist if the user has named it. */
  static SettingsFile at(Path path, Format format, boolean named) {
    return new SettingsFile(path, format, named);
  }

  /** A file as Python's configparser reads it; see {@link IniReader}. It must exist. */
  public static SettingsFile ini(Path path) {
    return new SettingsFile(path, Format.INI, true);
  }

  /** As {@link #ini}, and as {@link #none} if there is no such file. */
  public static SettingsFile iniIfPresent(Path path) {
    return new SettingsFile(path, Format.INI, false);
  }

  /** A file of nested YAML mappings; see {@link YamlReader}. It must exist. */
  public static SettingsFile yaml(Path path) {
    return new SettingsFile(path, Format.YAML, true);
  }

  /** As {@link #yaml}, and as {@link #none} if there is no such file. */
  public static SettingsFile yamlIfPresent(Path path) {
    return new SettingsFile(path, Format.YAML, false);
  }

  /** No file. */
  public static SettingsFile none() {
    return new SettingsFile(null, Format.INI, false);
  }

  /** What messages call it. */
  String source() {
    return path == null ? "no file" : "file ".concat(path.toString());
  }

  /** All that the file says, by key. */
  Map<String, FileEntry> entries() throws BadSettingException {
    if (path == null) {
      return Map.of();
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    } catch (NoSuchFileException absent) {
      if (required) {
        throw refusal("there is no such file");
      }
      return Map.of();
    } catch (AccessDeniedException denied) {
      throw refusal("permission denied");
    } catch (IOException exception) {
      throw refusal("cannot be read: " + exception.getMessage());
    }
    String text = text(bytes);
    return switch (format) {
      case INI -> IniReader.entries(text, source());
      case YAML -> YamlReader.entries(text, source());
    };
  }

  private String text(byte[] bytes) throws BadSettingException {
    if (bytes.length > FILE_BYTES_MAX) {
      throw refusal("is larger than " + FILE_BYTES_MAX + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException exception) {
      throw refusal("is not UTF-8");
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      throw refusal("starts with a byte order mark; save it as UTF-8 without one");
    }
    return text;
  }

  private BadSettingException refusal(String problem) {
    return BadSettingException.ofFile(source(), problem, ALLOWED);
  }
}
