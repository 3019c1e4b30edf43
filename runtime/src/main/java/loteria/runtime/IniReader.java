package loteria.runtime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an INI file as Python's configparser does, since the same file serves Python programs:
 *
 * <pre>{@code
 * # a comment, or with ; -- on a line of its own
 * [DEFAULT]
 * SERVER_PORT = 12345
 * server_ip: server
 * }</pre>
 *
 * <p>Keys are in lower case. {@code [DEFAULT]} holds for what the other sections do not say; all
 * sections are read. What Python reads and we do not is refused, never read differently:
 * continuation lines, keys without a value, and {@code %}, which Python interpolates. So are a
 * section twice, and a key twice in a section or in two sections.
 */
final class IniReader {
  private static final String DEFAULT = "DEFAULT";
  private static final String ALLOWED =
      "[section] lines, key = value lines, and comment lines with # or ;";
  private static final int NO_KEY_YET = Integer.MAX_VALUE;

  private final String source;
  private final Map<String, Map<String, FileEntry>> sections = new LinkedHashMap<>();
  private @Nullable Map<String, FileEntry> section;
  private int keyIndent = NO_KEY_YET;
  private int lineNumber;

  private IniReader(String source) {
    this.source = source;
  }

  /** The values of a file of that text, by key; {@code source} is what messages call the file. */
  static Map<String, FileEntry> entries(String text, String source) throws BadSettingException {
    IniReader reader = new IniReader(source);
    for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      reader.lineNumber++;
      reader.line(line);
    }
    return reader.merged();
  }

  private void line(String line) throws BadSettingException {
    String content = line.strip();
    if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
      return;
    }
    int indent = line.indexOf(content);
    if (indent > keyIndent) {
      throw refusal("is indented more than the key above it; a value goes on one line");
    }
    if (content.startsWith("[")) {
      openSection(content);
    } else {
      keyAndValue(content);
      keyIndent = indent;
    }
  }

  private void openSection(String content) throws BadSettingException {
    int end = content.lastIndexOf(']');
    if (end < 2) {
      throw refusal("is not a [section]");
    }
    String name = content.substring(1, end);
    Map<String, FileEntry> known = sections.get(name);
    if (known != null && !name.equals(DEFAULT)) {
      throw refusal("opens section [" + name + "] again");
    }
    section = known == null ? new LinkedHashMap<>() : known;
    sections.put(name, section);
    keyIndent = NO_KEY_YET;
  }

  private void keyAndValue(String content) throws BadSettingException {
    if (section == null) {
      throw refusal("stands before any [section]");
    }
    int delimiter = delimiter(content);
    if (delimiter < 0) {
      throw refusal("has neither = nor :");
    }
    String key = content.substring(0, delimiter).strip().toLowerCase(Locale.ROOT);
    String value = content.substring(delimiter + 1).strip();
    if (key.isEmpty()) {
      throw refusal("has no key");
    }
    if (value.indexOf('%') >= 0) {
      throw refusal("has a % in its value, which Python would interpolate");
    }
    add(section, new FileEntry(key, value, lineSource()));
  }

  private static int delimiter(String content) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
  }

  private Map<String, FileEntry> merged() throws BadSettingException {
    Map<String, FileEntry> merged = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, FileEntry>> named : sections.entrySet()) {
      if (!named.getKey().equals(DEFAULT)) {
        for (FileEntry entry : named.getValue().values()) {
          add(merged, entry);
        }
      }
    }
    Map<String, FileEntry> defaults = sections.get(DEFAULT);
    if (defaults != null) {
      for (FileEntry entry : defaults.values()) {
        merged.putIfAbsent(entry.key(), entry);
      }
    }
    return merged;
  }

  private static void add(Map<String, FileEntry> entries, FileEntry entry)
      throws BadSettingException {
    FileEntry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      throw first.givenTwice(entry);
    }
  }

  private String lineSource() {
    return String.join(" ", source, "line", Integer.toString(lineNumber));
  }

  private BadSettingException refusal(String problem) {
    return BadSettingException.ofFile(lineSource(), problem, ALLOWED);
  }
}
