package loteria.tool;

/** Text of strangers, such as a person's name, made fit for a table or a spreadsheet. */
final class PlainText {
  private PlainText() {}

  /**
   * The text on one line, what cannot be seen shown as {@code \}{@code u{202e}}: controls, marks
   * that turn the direction of what follows, zero-width and other format characters, unusual
   * blanks.
   */
  static String of(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(codePoint -> {
          if (isSeen(codePoint)) {
            plain.appendCodePoint(codePoint);
          } else {
            plain.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
          }
        });
    return plain.toString();
  }

  private static boolean isSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  /**
   * A field for a spreadsheet, which would take one that begins with {@code = + - @} for a formula:
   * such a one gets an apostrophe before it, by which spreadsheets mark a text. What cannot be seen
   * is shown as {@link #of} does; quoted as CPython's csv writer would (QUOTE_MINIMAL).
   */
  static String cell(String text) {
    String plain = of(text);
    String marked = plain.matches("\\s*[=+\\-@].*") ? "'" + plain : plain;
    return marked.indexOf(',') >= 0 || marked.indexOf('"') >= 0
        ? '"' + marked.replace("\"", "\"\"") + '"'
        : marked;
  }
}
