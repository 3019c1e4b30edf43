package loteria.runtime.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import loteria.runtime.Nearest;
import loteria.runtime.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * What the settings are in this run: for each the first that was said of flag, environment, file
 * and default. Immutable, so thread-safe, but for {@link #warnIfSet}.
 */
public final class Settings {
  /** The flag without a value with which a program shows its settings, and does nothing else. */
  public static final String CHECK = "--check-config";

  /**
   * Every variable of the project that begins as ours do, whichever program reads it: any other is
   * a mistake.
   */
  public static final List<String> VARIABLES =
      List.of(
          "CLI_BATCH_MAXAMOUNT",
          "CLI_ID",
          "CLI_LOG_LEVEL",
          "CLI_LOOP_AMOUNT",
          "CLI_LOOP_PERIOD",
          "CLI_SERVER_ADDRESS",
          "LOTERIA_AGENCIES",
          "LOTERIA_BIND",
          "LOTERIA_CONFIG",
          "LOTERIA_DATA",
          "LOTERIA_DATASET", // real data for the tests
          "LOTERIA_DATA_DIRECTORY",
          "LOTERIA_DRAW",
          "LOTERIA_FILE",
          "LOTERIA_KAFKA",
          "LOTERIA_KAFKA_CONFIG",
          "LOTERIA_KAFKA_NAME",
          "LOTERIA_KAFKA_UNSAFE",
          "LOTERIA_LOG_FORMAT",
          "LOTERIA_MIN_RUN",
          "LOTERIA_NAMES",
          "LOTERIA_NUMBER",
          "LOTERIA_PATIENCE",
          "LOTERIA_PEER_ADDRESS",
          "LOTERIA_QUIET",
          "LOTERIA_STATUS",
          "LOTERIA_STATUS_NAMES",
          "LOTERIA_TASK",
          "LOTERIA_TLS_CA",
          "LOTERIA_TLS_CERTIFICATE",
          "LOTERIA_TLS_KEY",
          "LOTERIA_WINDOW",
          "LOTERIA_WINNERS");

  private static final List<String> PREFIXES = List.of("LOTERIA_", "CLI_");
  private static final String DEFAULT = "default";

  private record Found(Object value, String written, String source) {}

  private final List<Setting<?>> known;
  // By identity: the hash of a record is made by reflection, which costs a program's start some 20
  // ms.
  private final IdentityHashMap<Setting<?>, Found> found = new IdentityHashMap<>();
  private final List<String> warnings;
  private final boolean checked;

  private Settings(List<Setting<?>> known, List<String> warnings, boolean checked) {
    this.known = known;
    this.warnings = warnings;
    this.checked = checked;
  }

  /**
   * Reads all settings, so that whatever is wrong with them is found now. The file must exist if
   * the user has named it; at the default place it may be missing.
   *
   * @param known every setting of the program: nothing else may be on the command line or in the
   *     file
   * @param arguments {@code --flag value} and {@code --flag=value}, each flag once at most; and
   *     {@link #CHECK}
   * @param location the one of {@code known} that says where the file is; it has a default
   * @throws UsageException if the arguments are anything else
   * @throws BadSettingException for the first setting, in the order of {@code known}, that is
   *     missing or whose value is not allowed; before that, if the file cannot be read, has a key
   *     that is not known, or a key twice
   */
  public static Settings read(
      List<Setting<?>> known,
      String[] arguments,
      Map<String, String> environment,
      Setting<Path> location,
      SettingsFile.Format format)
      throws UsageException, BadSettingException {
    Map<String, String> flags = flags(known, arguments);
    Found named = said(location, flags, environment, format);
    Found place = named == null ? fallback(location, "") : named;
    Path path = (Path) place.value;
    Map<String, SettingsFile.Entry> entries = SettingsFile.entries(path, format, named != null);
    refuseUnknownKeys(known, entries);
    Settings settings =
        new Settings(known, strangers(known, environment), flags.containsKey(CHECK));
    for (Setting<?> setting : known) {
      Found value = said(setting, flags, environment, format);
      value = value == null ? fromFile(setting, entries) : value;
      value = value == null ? fallback(setting, SettingsFile.source(path)) : value;
      settings.found.put(setting, value);
    }
    return settings;
  }

  /** The value. The setting is one of those that were read: the very object. */
  @SuppressWarnings(
      "unchecked") // The setting's own parser, which makes values of T alone, made this one.
  public <T> T value(Setting<T> setting) {
    return (T) found(setting).value;
  }

  /** The value as the user wrote it: 1m stays 1m, and does not become 60s. */
  public String written(Setting<?> setting) {
    return found(setting).written;
  }

  /**
   * Where the value comes from: {@code flag --server-port}, {@code file server/config.ini line 4},
   * {@code default}.
   */
  public String source(Setting<?> setting) {
    return found(setting).source;
  }

  /** Whether nobody has said anything, and so the default holds. */
  public boolean isDefault(Setting<?> setting) {
    return source(setting).equals(DEFAULT);
  }

  /**
   * A sentence for each variable of the environment that looks like ours and is not known, and for
   * each setting that does not count.
   */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Warns that a setting does not count, if somebody has set it. To be called before other threads
   * know these settings.
   */
  public void warnIfSet(Setting<?> setting, String why) {
    if (!isDefault(setting)) {
      warnings.add(
          "%s = %s (%s) does not count: %s"
              .formatted(
                  setting.name(), SafeText.of(written(setting), 1024), source(setting), why));
    }
  }

  /** Whether the program was asked for {@link #report()} alone. */
  public boolean isCheckWanted() {
    return checked;
  }

  /** A line for each setting: its name, its value and where that was said; then the warnings. */
  public String report() {
    StringBuilder report = new StringBuilder();
    for (Setting<?> setting : known) {
      Found value = found(setting);
      String written = value.written.isEmpty() ? "\"\"" : SafeText.of(value.written, 1024);
      report.append(String.format(Locale.ROOT, "%-22s %-24s ", setting.name(), written));
      report.append(value.source).append('\n');
    }
    for (String warning : warnings) {
      report.append("warning: ").append(warning).append('\n');
    }
    return report.toString();
  }

  /**
   * A refusal of a value that has the right form, and that the program still cannot use.
   *
   * @param problem goes on from the value: "is taken by another program"
   */
  public BadSettingException refusal(Setting<?> setting, String problem) {
    Found value = found(setting);
    return BadSettingException.ofValue(setting.name(), value.written, value.source, problem);
  }

  /** As {@link #refusal(Setting, String)}, because of a failure that the problem tells already. */
  public BadSettingException refusal(Setting<?> setting, String problem, Exception cause) {
    BadSettingException refusal = refusal(setting, problem);
    refusal.initCause(cause);
    return refusal;
  }

  private Found found(Setting<?> setting) {
    Found value = found.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(
          "setting " + setting.name() + " is not among those that were read");
    }
    return value;
  }

  /**
   * The values by flag. A value that starts with two dashes is written after {@code =}, since
   * without it a forgotten value would take the next flag for one.
   */
  private static Map<String, String> flags(List<Setting<?>> known, String[] arguments)
      throws UsageException {
    List<String> flags = new ArrayList<>();
    for (Setting<?> setting : known) {
      flags.add(setting.flag());
    }
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < arguments.length; index++) {
      String argument = arguments[index];
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      String value;
      if (argument.equals(CHECK)) {
        value = "";
      } else if (!flags.contains(flag)) {
        throw unknownFlag(flags, flag);
      } else if (equals >= 0) {
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

  private static UsageException unknownFlag(List<String> flags, String flag) {
    if (flag.equals(CHECK)) {
      return new UsageException("flag " + CHECK + " takes no value");
    }
    flags.add(CHECK);
    return new UsageException(
        "there is no flag %s; did you mean %s? The flags are %s"
            .formatted(flag, Nearest.to(flag, flags), String.join(", ", flags)));
  }

  /** The variables that look like ours and are not, in alphabetical order. */
  private static List<String> strangers(List<Setting<?>> known, Map<String, String> environment) {
    List<String> strangers = new ArrayList<>();
    // As an array, which takes a class less to go through.
    for (String name : environment.keySet().toArray(new String[0])) {
      if (!withoutPrefix(name).equals(name) && !VARIABLES.contains(name)) {
        strangers.add("environment " + name + " is not known" + hint(name, known));
      }
    }
    if (!strangers.isEmpty()) {
      Collections.sort(strangers);
    }
    return strangers;
  }

  /** Which variable was meant: of those of this program first, whatever they begin with. */
  private static String hint(String stranger, List<Setting<?>> known) {
    Map<String, String> variables = new LinkedHashMap<>(); // by their names without beginnings
    for (Setting<?> setting : known) {
      variables.putIfAbsent(withoutPrefix(setting.environment()), setting.environment());
    }
    for (String variable : VARIABLES) {
      variables.putIfAbsent(withoutPrefix(variable), variable);
    }
    String name = withoutPrefix(stranger);
    String nearest = Nearest.to(name, variables.keySet());
    return Nearest.isNear(name, nearest) ? "; did you mean " + variables.get(nearest) + "?" : "";
  }

  private static String withoutPrefix(String variable) {
    for (String prefix : PREFIXES) {
      if (variable.startsWith(prefix)) {
        return variable.substring(prefix.length());
      }
    }
    return variable;
  }

  private static void refuseUnknownKeys(
      List<Setting<?>> known, Map<String, SettingsFile.Entry> entries) throws BadSettingException {
    Map<String, String> keys = new HashMap<>();
    for (Setting<?> setting : known) {
      String key = setting.key();
      if (key != null) {
        String other = keys.put(key.toLowerCase(Locale.ROOT), key);
        assert other == null : "two settings have the key " + key;
      }
    }
    for (SettingsFile.Entry entry : entries.values()) {
      String given = entry.key().toLowerCase(Locale.ROOT);
      if (!keys.containsKey(given) && !isEmptySection(given, entry, keys)) {
        List<String> names = new ArrayList<>(keys.values());
        Collections.sort(names);
        throw BadSettingException.ofValue(
            entry.key(),
            entry.written(),
            entry.source(),
            "is not a known key; did you mean %s? Allowed: %s"
                .formatted(Nearest.to(entry.key(), names), String.join(", ", names)));
      }
    }
  }

  private static boolean isEmptySection(
      String key, SettingsFile.Entry entry, Map<String, String> keys) {
    if (entry.value() == null) {
      for (String known : keys.keySet()) {
        if (known.startsWith(key.concat("."))) {
          return true;
        }
      }
    }
    return false;
  }

  /** What the command line or the environment says, if either does. */
  private static @Nullable Found said(
      Setting<?> setting,
      Map<String, String> flags,
      Map<String, String> environment,
      SettingsFile.Format format)
      throws BadSettingException {
    String flag = flags.get(setting.flag());
    if (flag != null) {
      return parsed(setting, flag, "flag ".concat(setting.flag()));
    }
    String variable = environment.get(setting.environment());
    return variable == null || (variable.isEmpty() && format == SettingsFile.Format.YAML)
        ? null
        : parsed(setting, variable, "environment ".concat(setting.environment()));
  }

  private static @Nullable Found fromFile(
      Setting<?> setting, Map<String, SettingsFile.Entry> entries) throws BadSettingException {
    String key = setting.key();
    SettingsFile.Entry entry = key == null ? null : entries.get(key.toLowerCase(Locale.ROOT));
    String value = entry == null ? null : entry.value();
    return entry == null || value == null ? null : parsed(setting, value, entry.source());
  }

  private static Found fallback(Setting<?> setting, String file) throws BadSettingException {
    String fallback = setting.fallback();
    if (fallback == null) {
      String places = "no flag " + setting.flag() + ", no environment " + setting.environment();
      throw BadSettingException.ofMissing(
          setting.name(),
          setting.key() == null ? places : places + ", not in " + file,
          setting.allowed());
    }
    return parsed(setting, fallback, DEFAULT);
  }

  private static Found parsed(Setting<?> setting, String written, String source)
      throws BadSettingException {
    try {
      return new Found(setting.parser().parse(written), written, source);
    } catch (IllegalArgumentException refused) {
      String problem = written.isEmpty() ? "is empty" : refused.getMessage();
      throw BadSettingException.ofValue(
          setting.name(), written, source, problem + "; allowed: " + setting.allowed());
    }
  }
}
