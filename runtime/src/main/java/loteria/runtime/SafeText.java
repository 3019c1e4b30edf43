package loteria.runtime;

/**
 * Text from outside, made fit for one part of one log line: no bar, which parts the line; nothing
 * that ends the line or moves a terminal's cursor; no half of a surrogate pair, which UTF-8 cannot
 * say; and not without end.
 */
final class SafeText {
  private static final char BROKEN_BAR = '¦';
  private static final char REPLACEMENT = '\uFFFD';
  private static final char ELLIPSIS = '…';
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  private SafeText() {}

  /**
   * Appends the text, at most {@code charactersMax} UTF-16 characters of it, the ellipsis of a cut
   * included.
   */
  static void append(StringBuilder line, String text, int charactersMax) {
    boolean cut = text.length() > charactersMax;
    int end = cut ? charactersMax - 1 : text.length();
    if (cut
        && Character.isHighSurrogate(text.charAt(end - 1))
        && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    for (int index = 0; index < end; ) {
      int codePoint = text.codePointAt(index);
      line.appendCodePoint(safe(codePoint));
      index += Character.charCount(codePoint);
    }
    if (cut) {
      line.append(ELLIPSIS);
    }
  }

  /** As {@link #append}, alone. */
  static String of(String text, int charactersMax) {
    StringBuilder safe = new StringBuilder();
    append(safe, text, charactersMax);
    return safe.toString();
  }

  private static int safe(int codePoint) {
    if (codePoint == '|') {
      return BROKEN_BAR;
    }
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    boolean breaks = codePoint == LINE_SEPARATOR || codePoint == PARAGRAPH_SEPARATOR;
    return surrogate || breaks || Character.isISOControl(codePoint) ? REPLACEMENT : codePoint;
  }
}
