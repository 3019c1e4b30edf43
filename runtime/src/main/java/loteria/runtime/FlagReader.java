package loteria.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a command line of {@code --flag value} and {@code --flag=value}. */
final class FlagReader {
  private FlagReader() {}

  /**
   * The values by flag. A value that starts with two dashes is written after {@code =}, since
   * without it a forgotten value would take the next flag for one.
   *
   * @throws UsageException if a flag is unknown, is there twice or lacks its value, or something is
   *     no flag
   */
  static Map<String, String> values(List<Setting<?>> known, String[] arguments)
      throws UsageException {
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < arguments.length; index++) {
      String argument = arguments[index];
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      refuseUnknown(known, flag);
      String value;
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (index + 1 < arguments.length && !arguments[index + 1].startsWith("--")) {
        value = arguments[++index];
      } else {
        throw new UsageException("flag " + flag + " lacks its value");
      }
      if (values.put(flag, value) != null) {
        throw new UsageException("flag " + flag + " is given twice");
      }
    }
    return values;
  }

  private static void refuseUnknown(List<Setting<?>> known, String flag) throws UsageException {
    StringBuilder flags = new StringBuilder();
    for (Setting<?> setting : known) {
      if (setting.flag().equals(flag)) {
        return;
      }
      flags.append(flags.isEmpty() ? "" : ", ").append(setting.flag());
    }
    throw new UsageException("there is no flag " + flag + "; the flags are " + flags);
  }
}
