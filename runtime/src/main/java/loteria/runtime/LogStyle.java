package loteria.runtime;

/** How a log line lays out its level: the two programs of the course differ. */
public enum LogStyle {
  /**
   * Python's {@code %(levelname)-8s} and a space: the name, filled with blanks to nine characters.
   */
  CENTRAL,
  /** Go's {@code %{level:.5s}} and five spaces: the first five letters, not filled. */
  AGENCY;

  private static final int CENTRAL_LETTERS = 8;
  private static final int AGENCY_LETTERS_MAX = 5;
  private static final int AGENCY_GAP = 5;

  /** Appends the level and the blanks that follow it. */
  void append(StringBuilder line, Level level) {
    String name = level.name();
    switch (this) {
      case CENTRAL -> line.append(name).repeat(' ', CENTRAL_LETTERS - name.length() + 1);
      case AGENCY ->
          line.append(name, 0, Math.min(name.length(), AGENCY_LETTERS_MAX)).repeat(' ', AGENCY_GAP);
    }
  }
}
