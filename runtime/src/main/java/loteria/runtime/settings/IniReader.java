package loteria.runtime.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
 * <p>Keys are read in any case, and {@code [DEFAULT]} alone counts, as in the course's server. What
 * Python reads and we do not is refused, never read differently: keys in other sections,
 * continuation lines, keys without a value, and {@code %}, which Python interpolates. So are a
 * section twice, and a key twice.
 */
final class IniReader {
  private static final String DEFAULT = "DEFAULT";
  private static final String ALLOWED =
      "[DEFAULT], key = value lines, and comment lines with # or ;";
  private static final int NO_KEY_YET = Integer.MAX_VALUE;

  private final String source;
  private final Map<String, SettingsFile.Entry> entries = new LinkedHashMap<>();
  private final Set<String> others = new HashSet<>();
  private String section = "";
  private int keyIndent = NO_KEY_YET;
  private int lineNumber;

  private IniReader(String source) {
    this.source = source;
  }

  /**
   * The values of a file of that text, by key in lower case; {@code source} is what messages call
   * the file.
   */
  static Map<String, SettingsFile.Entry> entries(String text, String source)
      throws BadSettingException {
    IniReader reader = new IniReader(source);
    for (String line : text.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      reader.lineNumber++;
      reader.line(line);
    }
    return reader.entries;
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
    section = content.substring(1, end);
    if (!section.equals(DEFAULT) && !others.add(section)) {
      throw refusal("opens section [" + section + "] again");
    }
    keyIndent = NO_KEY_YET;
  }

  private void keyAndValue(String content) throws BadSettingException {
    if (section.isEmpty()) {
      throw refusal("stands before any [section]");
    }
    int delimiter = delimiter(content);
    if (delimiter < 0) {
      throw refusal("has neither = nor :");
    }
    String key = content.substring(0, delimiter).strip();
    String value = content.substring(delimiter + 1).strip();
    if (key.isEmpty()) {
      throw refusal("has no key");
    }
    if (!section.equals(DEFAULT)) {
      throw refusal(
          key + " stands in [" + section + "], which is not read: keys belong in [DEFAULT]");
    }
    if (value.indexOf('%') >= 0) {
      throw refusal("has a % in its value, which Python would interpolate");
    }
    new SettingsFile.Entry(key, value, lineSource()).addTo(entries);
  }

  private static int delimiter(String content) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
  }

  private String lineSource() {
    return SettingsFile.line(source, lineNumber);
  }

  private BadSettingException refusal(String problem) {
    return BadSettingException.ofFile(lineSource(), problem, ALLOWED);
  }
}
