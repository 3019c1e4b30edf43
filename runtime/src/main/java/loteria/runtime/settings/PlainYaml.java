package loteria.runtime.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML that nearly every settings file is written in, without a library, which would more
 * than double what an agency's start loads: {@code key:} and {@code key: value}, a line each,
 * nested by blanks, with comments. It reads a file just as {@link YamlReader} does, or leaves it to
 * that one: whatever is written in another way, and whatever is wrong.
 */
final class PlainYaml {
  private static final int LEVELS_MAX = 8;
  private static final int LINE_CHARACTERS_MAX = 1000;

  /** The file is not plain. It never leaves this class. */
  private static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPlain() {
      super(null, null, false, false);
    }
  }

  /** A key whose mapping lies open, and how far that is indented. */
  private record Open(String prefix, int indent) {}

  private final String source;
  private final Map<String, SettingsFile.Entry> entries = new LinkedHashMap<>();
  private final List<Open> open = new ArrayList<>();

  /** The last key, if it stood without a value: a mapping may follow. */
  private SettingsFile.@Nullable Entry pending;

  private int pendingIndent;

  private PlainYaml(String source) {
    this.source = source;
    open.add(new Open("", 0));
  }

  /** As {@link YamlReader#entries}; null if the file is not plain. */
  static @Nullable Map<String, SettingsFile.Entry> entries(String text, String source) {
    try {
      PlainYaml reader = new PlainYaml(source);
      int number = 1;
      for (int at = 0; at < text.length(); number++) {
        int feed = text.indexOf('\n', at);
        int end = feed < 0 ? text.length() : feed;
        boolean crlf = feed > at && text.charAt(feed - 1) == '\r';
        reader.line(text.substring(at, crlf ? end - 1 : end), number);
        at = end + 1;
      }
      reader.endPending();
      return reader.entries;
    } catch (NotPlain _) {
      return null;
    }
  }

  private void line(String line, int number) {
    require(line.length() <= LINE_CHARACTERS_MAX);
    for (int index = 0; index < line.length(); index++) {
      char character = line.charAt(index);
      require((character >= ' ' && character <= '~') || (character >= 'À' && character <= 'ſ'));
    }
    int indent = skipBlanks(line, 0);
    if (isOver(line, indent)) {
      return;
    }
    int colon = indent;
    while (colon < line.length() && isPlain(line.charAt(colon))) {
      colon++;
    }
    require(colon > indent && isLetter(line.charAt(indent)));
    require(colon < line.length() && line.charAt(colon) == ':');
    int valueAt = skipBlanks(line, colon + 1);
    require(valueAt > colon + 1 || valueAt == line.length());
    String path = prefix(indent).concat(line.substring(indent, colon));
    String place = SettingsFile.line(source, number);
    if (isOver(line, valueAt)) {
      pending = new SettingsFile.Entry(path, null, place);
      pendingIndent = indent;
    } else {
      put(new SettingsFile.Entry(path, value(line, valueAt), place));
    }
  }

  /** The path of the mapping to which a key belongs that is so far indented. */
  private String prefix(int indent) {
    SettingsFile.Entry parent = pending;
    if (parent != null && indent > pendingIndent) {
      pending = null;
      require(open.size() < LEVELS_MAX);
      open.add(new Open(parent.key().concat("."), indent));
    } else {
      endPending();
      while (open.getLast().indent > indent) {
        open.removeLast();
      }
    }
    require(open.getLast().indent == indent);
    return open.getLast().prefix;
  }

  private void endPending() {
    if (pending != null) {
      put(pending);
      pending = null;
    }
  }

  private void put(SettingsFile.Entry entry) {
    require(entries.putIfAbsent(entry.key().toLowerCase(Locale.ROOT), entry) == null);
  }

  /** A word, or what stands within quotes, if nothing but a comment follows. */
  private static String value(String line, int at) {
    char quote = line.charAt(at);
    if (quote == '"' || quote == '\'') {
      int end = line.indexOf(quote, at + 1);
      require(end > 0 && isEnd(line, end + 1));
      String quoted = line.substring(at + 1, end);
      require(quote == '\'' || quoted.indexOf('\\') < 0);
      return quoted;
    }
    int end = at;
    while (end < line.length() && (isPlain(line.charAt(end)) || isColonWithin(line, end))) {
      end++;
    }
    require(isEnd(line, end) && (isLetter(quote) || Setting.isDigit(quote) || quote == '/'));
    String word = line.substring(at, end);
    require(!word.equalsIgnoreCase("null"));
    return word;
  }

  /** As in {@code server:12345}. */
  private static boolean isColonWithin(String line, int at) {
    return line.charAt(at) == ':' && at + 1 < line.length() && isPlain(line.charAt(at + 1));
  }

  private static boolean isEnd(String line, int at) {
    int next = skipBlanks(line, at);
    return next == line.length() || (next > at && line.charAt(next) == '#');
  }

  /** Whether nothing is there but a comment, at the line's beginning or after blanks. */
  private static boolean isOver(String line, int at) {
    return at == line.length() || line.charAt(at) == '#';
  }

  private static int skipBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static boolean isPlain(char character) {
    return isLetter(character)
        || Setting.isDigit(character)
        || character == '_'
        || character == '.'
        || character == '-'
        || character == '/';
  }

  private static void require(boolean plain) {
    if (!plain) {
      throw new NotPlain();
    }
  }
}
