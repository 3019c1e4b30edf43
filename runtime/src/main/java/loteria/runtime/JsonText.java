package loteria.runtime;

import java.util.HexFormat;

/**
 * Text from outside as a string of JSON (RFC 8259). What cannot be seen, or changes what is seen
 * around it, is escaped; half of a surrogate pair, which UTF-8 cannot say, too.
 */
public final class JsonText {
  private JsonText() {}

  /** The string, with its quotes. */
  public static String of(String text) {
    StringBuilder json = new StringBuilder();
    append(json, text, Integer.MAX_VALUE);
    return json.toString();
  }

  /** Appends the string, cut as {@link SafeText#append} cuts. */
  public static void append(StringBuilder line, String text, int charactersMax) {
    line.append('"');
    int end = SafeText.end(text, charactersMax);
    for (int index = 0; index < end; ) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      if (codePoint == '"' || codePoint == '\\') {
        line.append('\\').append((char) codePoint);
      } else if (SafeText.isVisible(codePoint)) {
        line.appendCodePoint(codePoint);
      } else {
        for (char unit : Character.toChars(codePoint)) {
          line.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
      }
    }
    if (end < text.length()) {
      line.append(SafeText.ELLIPSIS);
    }
    line.append('"');
  }
}
