package loteria.runtime;

import java.util.HexFormat;

/**
 * Text from outside, made fit for one part of one log line or message. A bar, which parts the line,
 * becomes {@code ¦}. What cannot be seen, ends the line, moves a terminal's cursor or turns the
 * direction of writing is shown escaped: {@code \n}, {@code \t}, {@code \u202e}. So is half of a
 * surrogate pair, which UTF-8 cannot say. The text is cut where it is too long.
 */
public final class SafeText {
  static final char ELLIPSIS = '…';

  private static final char BROKEN_BAR = '¦';

  /** Letters and marks that show nothing: fillers and joiners. */
  private static final String BLANK_MARKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

  private SafeText() {}

  /**
   * Appends the text, at most {@code charactersMax} UTF-16 characters of it before they are
   * escaped, the ellipsis of a cut included.
   */
  public static void append(StringBuilder line, String text, int charactersMax) {
    int end = end(text, charactersMax);
    for (int index = 0; index < end; ) {
      int codePoint = text.codePointAt(index);
      index += Character.charCount(codePoint);
      if (codePoint == '|') {
        line.append(BROKEN_BAR);
      } else if (isVisible(codePoint)) {
        line.appendCodePoint(codePoint);
      } else {
        escape(line, codePoint);
      }
    }
    if (end < text.length()) {
      line.append(ELLIPSIS);
    }
  }

  /** As {@link #append}, alone. */
  public static String of(String text, int charactersMax) {
    StringBuilder safe = new StringBuilder();
    append(safe, text, charactersMax);
    return safe.toString();
  }

  /** How much of the text is kept: not half of a surrogate pair. */
  static int end(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text.length();
    }
    int end = charactersMax - 1;
    boolean splits =
        Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return splits ? end - 1 : end;
  }

  /** Whether a reader sees the character, or the plain blank that it is. */
  static boolean isVisible(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7f) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isBlankMark(codePoint);
    };
  }

  /** Letters and marks that show nothing: also selectors of variants. */
  private static boolean isBlankMark(int codePoint) {
    return BLANK_MARKS.indexOf(codePoint) >= 0
        || (codePoint >= 0x180b && codePoint <= 0x180f)
        || (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
        || (codePoint >= 0xe0000 && codePoint <= 0xe0fff);
  }

  private static void escape(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '\t' -> line.append("\\t");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      default -> {
        boolean wide = codePoint > Character.MAX_VALUE;
        String digits = HexFormat.of().toHexDigits(codePoint, wide ? 6 : 4);
        line.append(wide ? "\\u{" : "\\u").append(digits).append(wide ? "}" : "");
      }
    }
  }
}
