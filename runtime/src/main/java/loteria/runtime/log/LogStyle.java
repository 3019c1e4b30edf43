package loteria.runtime.log;

/** How a log line is laid out. */
public enum LogStyle {
  /**
   * The course's line with Python's {@code %(levelname)-8s} and a space: the name, filled with
   * blanks to nine characters.
   */
  CENTRAL,
  /**
   * The course's line with Go's {@code %{level:.5s}} and five spaces: the first five letters, not
   * filled.
   */
  AGENCY,
  /** An object of JSON: RFC 3339 time in UTC, the level's whole name, numbers as numbers. */
  JSON;

  private static final int CENTRAL_LETTERS = 8;
  private static final int AGENCY_LETTERS_MAX = 5;
  private static final int AGENCY_GAP = 5;
  private static final int JSON_TIME_AT = "{\"time\":\"".length();

  /** Appends the level and the blanks that follow it. */
  void append(StringBuilder line, Level level) {
    String name = level.name();
    switch (this) {
      case CENTRAL -> line.append(name).repeat(' ', CENTRAL_LETTERS - name.length() + 1);
      case AGENCY ->
          line.append(name, 0, Math.min(name.length(), AGENCY_LETTERS_MAX)).repeat(' ', AGENCY_GAP);
      case JSON -> line.append(name);
    }
  }

  /** Puts the time into the bytes of a line, which have room for it. */
  void putTime(long epochMillis, byte[] line) {
    if (this == JSON) {
      UtcTime.putRfc3339(epochMillis, line, JSON_TIME_AT);
    } else {
      UtcTime.put(epochMillis, line, 0);
    }
  }
}
