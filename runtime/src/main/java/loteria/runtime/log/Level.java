package loteria.runtime.log;

import java.util.Locale;
import loteria.runtime.settings.Setting;

/** How much a log line matters, the least first. */
public enum Level {
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  CRITICAL;

  /** The setting of both programs, by the names that it has in each. */
  public static Setting<Level> setting(String group, Setting.Named names) {
    return names
        .value("INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL", new Parser())
        .help(group, "minimum level of a log line");
  }

  /**
   * Finds the level of a name, in upper or lower case. WARN, NOTICE and FATAL, which other loggers
   * say, are WARNING, INFO and CRITICAL. Not a lambda, which the JVM would have to link while an
   * agency starts.
   */
  private record Parser() implements Setting.Parser<Level> {
    @Override
    public Level parse(String name) {
      return switch (name.toUpperCase(Locale.ROOT)) {
        case "DEBUG" -> DEBUG;
        case "INFO", "NOTICE" -> INFO;
        case "WARNING", "WARN" -> WARNING;
        case "ERROR" -> ERROR;
        case "CRITICAL", "FATAL" -> CRITICAL;
        default -> throw new IllegalArgumentException("is not allowed");
      };
    }
  }
}
