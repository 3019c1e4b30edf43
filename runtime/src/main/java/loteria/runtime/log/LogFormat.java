package loteria.runtime.log;

import loteria.runtime.settings.Setting;

/** The formats of log lines from which a user can choose. */
public enum LogFormat {
  /** The course's: {@code 2026-03-01 12:00:00 INFO action: … | result: … | key: value}. */
  COURSE,
  /** One object of JSON a line. */
  JSON;

  /** The setting of both programs, each with its own group of the help and name in its file. */
  public static Setting<LogFormat> setting(String group, String key) {
    return Setting.named(key, "LOTERIA_LOG_FORMAT", "--log-format")
        .oneOf("course", values())
        .help(group, "format of log lines: the course's, or an object of JSON a line");
  }

  /** How lines are laid out in this format by a program whose lines of the course are these. */
  public LogStyle style(LogStyle course) {
    return this == JSON ? LogStyle.JSON : course;
  }
}
