package loteria.runtime;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the settings are in this run: for each the first that was said of flag, environment, file
 * and default. An empty value is a value. Immutable, so thread-safe.
 */
public final class Settings {
  private static final String DEFAULT = "default";

  private record Found(Object value, String written, String source) {}

  // By identity: the hash of a record is made by reflection, which costs a program's start some 20
  // ms.
  private final IdentityHashMap<Setting<?>, Found> found = new IdentityHashMap<>();

  private Settings() {}

  /**
   * Reads all settings, so that whatever is wrong with them is found now.
   *
   * @param known every setting of the program: nothing else may be on the command line or in the
   *     file
   * @param arguments {@code --flag value} and {@code --flag=value}, each flag once at most
   * @throws UsageException if the arguments are anything else
   * @throws BadSettingException for the first setting, in the order of {@code known}, that is
   *     missing or whose value is not allowed; before that, if the file cannot be read, has a key
   *     that is not known, or a key twice
   */
  public static Settings read(
      List<Setting<?>> known,
      String[] arguments,
      Map<String, String> environment,
      SettingsFile file)
      throws UsageException, BadSettingException {
    Map<String, String> flags = FlagReader.values(known, arguments);
    Map<String, FileEntry> entries = file.entries();
    refuseUnknownKeys(known, entries);
    Settings settings = new Settings();
    for (Setting<?> setting : known) {
      Found value = fromFlag(setting, flags);
      value = value == null ? fromEnvironment(setting, environment) : value;
      value = value == null ? fromFile(setting, entries) : value;
      value = value == null ? fromFallback(setting, file) : value;
      settings.found.put(setting, value);
    }
    return settings;
  }

  /**
   * As {@link #read(List, String[], Map, SettingsFile)}, with the file that one of the settings
   * names: where the user has said so it must exist, at the default place it may be missing.
   *
   * @param location one of {@code known}, with a default, and without a place in a file
   */
  public static Settings read(
      List<Setting<?>> known,
      String[] arguments,
      Map<String, String> environment,
      Setting<Path> location,
      SettingsFile.Format format)
      throws UsageException, BadSettingException {
    Found named = fromFlag(location, FlagReader.values(known, arguments));
    named = named == null ? fromEnvironment(location, environment) : named;
    Found at = named == null ? fromFallback(location, SettingsFile.none()) : named;
    SettingsFile file = SettingsFile.at((Path) at.value, format, named != null);
    return read(known, arguments, environment, file);
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
   * A refusal of a value that only the program itself can judge, such as a port that is taken.
   *
   * @param problem goes on from the value: "is taken by another program"
   */
  public BadSettingException refusal(Setting<?> setting, String problem) {
    Found value = found(setting);
    return BadSettingException.ofValue(
        setting.name(), value.written, value.source, setting.allowed(), problem);
  }

  /**
   * A refusal of a value that is allowed and yet cannot be used here and now, such as a directory
   * that another program holds.
   *
   * @param why a reason of its own: "directory /data is not writable"
   */
  public BadSettingException unusable(Setting<?> setting, String why) {
    Found value = found(setting);
    return BadSettingException.ofUnusable(
        setting.name(), value.written, value.source, setting.allowed(), why);
  }

  private Found found(Setting<?> setting) {
    Found value = found.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(
          "setting " + setting.name() + " is not among those that were read");
    }
    return value;
  }

  private static void refuseUnknownKeys(List<Setting<?>> known, Map<String, FileEntry> entries)
      throws BadSettingException {
    Map<String, Setting<?>> byKey = new HashMap<>();
    for (Setting<?> setting : known) {
      String key = setting.key();
      if (key != null) {
        Setting<?> other = byKey.put(key, setting);
        assert other == null : "two settings have the key " + key;
      }
    }
    for (FileEntry entry : entries.values()) {
      if (!byKey.containsKey(entry.key())) {
        String keys = String.join(", ", byKey.keySet().stream().sorted().toList());
        throw BadSettingException.ofValue(
            entry.key(), entry.value(), entry.source(), keys, "is not a known key");
      }
    }
  }

  private static @Nullable Found fromFlag(Setting<?> setting, Map<String, String> flags)
      throws BadSettingException {
    String written = flags.get(setting.flag());
    return written == null ? null : parsed(setting, written, "flag ".concat(setting.flag()));
  }

  private static @Nullable Found fromEnvironment(
      Setting<?> setting, Map<String, String> environment) throws BadSettingException {
    String written = environment.get(setting.environment());
    return written == null
        ? null
        : parsed(setting, written, "environment ".concat(setting.environment()));
  }

  private static @Nullable Found fromFile(Setting<?> setting, Map<String, FileEntry> entries)
      throws BadSettingException {
    FileEntry entry = setting.key() == null ? null : entries.get(setting.key());
    return entry == null ? null : parsed(setting, entry.value(), entry.source());
  }

  private static Found fromFallback(Setting<?> setting, SettingsFile file)
      throws BadSettingException {
    String fallback = setting.fallback();
    if (fallback == null) {
      String places = "no flag " + setting.flag() + ", no environment " + setting.environment();
      String source = setting.key() == null ? places : places + ", not in " + file.source();
      throw BadSettingException.ofMissing(setting.name(), source, setting.allowed());
    }
    return parsed(setting, fallback, DEFAULT);
  }

  private static Found parsed(Setting<?> setting, String written, String source)
      throws BadSettingException {
    try {
      return new Found(setting.parser().parse(written), written, source);
    } catch (IllegalArgumentException notAllowed) {
      String problem = written.isEmpty() ? "is empty" : "is not allowed";
      BadSettingException refusal =
          BadSettingException.ofValue(setting.name(), written, source, setting.allowed(), problem);
      refusal.initCause(notAllowed);
      throw refusal;
    }
  }
}
