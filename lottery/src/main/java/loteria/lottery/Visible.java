package loteria.lottery;

import java.util.Locale;

/**
 * Texts of strangers, shown so that people see what is there: in a message, a log line, a table. A
 * character that has no shape of its own, or that moves others about (controls, line breaks, blanks
 * other than the usual one, zero-width and bidirectional marks, code points without a character),
 * is shown as {@code <U+200B>}. Pure.
 */
public final class Visible {
  /** The ranges of characters without a shape that are of no telling category, in order. */
  private static final int[] SHAPELESS = {
    0x034f, 0x034f, // combining grapheme joiner
    0x115f, 0x1160, // Hangul fillers
    0x17b4, 0x17b5, // inherent vowels of Khmer
    0x180b, 0x180f, // Mongolian variation selectors
    0x2800, 0x2800, // empty pattern of Braille
    0x3164, 0x3164, // Hangul filler
    0xfe00, 0xfe0f, // variation selectors
    0xffa0, 0xffa0, // halfwidth Hangul filler
    0xe0100, 0xe01ef // variation selectors
  };

  private Visible() {}

  /** The whole text. */
  public static String text(String text) {
    return text(text, Integer.MAX_VALUE);
  }

  /** At most so many characters of the text, and then "…" if there are more. */
  public static String text(String text, int codePointsMax) {
    StringBuilder shown = new StringBuilder();
    int codePoints = 0;
    for (int at = 0; at < text.length(); codePoints++) {
      if (codePoints == codePointsMax) {
        return shown.append('…').toString();
      }
      int codePoint = text.codePointAt(at);
      if (isVisible(codePoint)) {
        shown.appendCodePoint(codePoint);
      } else {
        shown.append('<').append(name(codePoint)).append('>');
      }
      at += Character.charCount(codePoint);
    }
    return shown.toString();
  }

  /** A code point as the Unicode standard writes it, for example U+200B. */
  static String name(int codePoint) {
    return String.format(Locale.ROOT, "U+%04X", codePoint);
  }

  private static boolean isVisible(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7f) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> !isShapeless(codePoint);
    };
  }

  private static boolean isShapeless(int codePoint) {
    for (int i = 0; i < SHAPELESS.length; i += 2) {
      if (codePoint >= SHAPELESS[i] && codePoint <= SHAPELESS[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
