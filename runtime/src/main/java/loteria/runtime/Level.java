package loteria.runtime;

import java.util.Locale;

/** How much a log line matters, the least first. */
public enum Level {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  CRITICAL;

  static final String NAMES = "DEBUG, INFO, WARNING, ERROR or CRITICAL";

  /**
   * Finds the level of that name, in upper or lower case. WARN, NOTICE and FATAL, which other
   * loggers say, are WARNING, INFO and CRITICAL.
   *
   * @throws IllegalArgumentException if there is no such level; the message lists the names
   */
  public static Level of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "DEBUG" -> DEBUG;
      case "INFO", "NOTICE" -> INFO;
      case "WARNING", "WARN" -> WARNING;
      case "ERROR" -> ERROR;
      case "CRITICAL", "FATAL" -> CRITICAL;
      default -> throw new IllegalArgumentException("level \"" + name + "\" is none of " + NAMES);
    };
  }
}
