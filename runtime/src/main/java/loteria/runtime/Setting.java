package loteria.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user can set, and the places where it can be said.
 *
 * @param key its name in the file: an INI key in lower case, or a dotted YAML path; null if it has
 *     no place there
 * @param environment its name in the environment
 * @param flag its name on the command line, with the dashes: {@code --server-port}
 * @param fallback what holds when nobody says anything, as a user would write it; null if someone
 *     must
 * @param allowed which values are allowed, in words: {@code 0 to 65535}
 * @param parser reads the text, and refuses what is not allowed
 * @param meaning what it is, for {@link Manual}; empty until {@link #meaning(String)} says it
 */
public record Setting<T>(
    @Nullable String key,
    String environment,
    String flag,
    @Nullable String fallback,
    String allowed,
    SettingParser<T> parser,
    String meaning) {
  public Setting {
    if (key != null && key.isBlank()) {
      throw new IllegalArgumentException("a blank key");
    }
    if (environment.isBlank()) {
      throw new IllegalArgumentException("a blank name in the environment");
    }
    if (!flag.startsWith("--") || flag.length() == 2 || flag.indexOf('=') >= 0) {
      throw new IllegalArgumentException("not a flag such as --server-port: " + flag);
    }
  }

  /** A setting whose meaning is still to be said. */
  public Setting(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      String allowed,
      SettingParser<T> parser) {
    this(key, environment, flag, fallback, allowed, parser, "");
  }

  /** The same with this meaning, as it stands in a list: "port; 0 is any free one". */
  public Setting<T> meaning(String said) {
    return new Setting<>(key, environment, flag, fallback, allowed, parser, said);
  }

  public static Setting<Integer> integer(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      int min,
      int max) {
    String allowed = range(Integer.toString(min), Integer.toString(max));
    return new Setting<>(
        key, environment, flag, fallback, allowed, SettingParser.integer(min, max));
  }

  public static Setting<Long> longInteger(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      long min,
      long max) {
    String allowed = range(Long.toString(min), Long.toString(max));
    return new Setting<>(
        key, environment, flag, fallback, allowed, SettingParser.longInteger(min, max));
  }

  public static Setting<String> text(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      int lengthMin,
      int lengthMax) {
    String allowed =
        String.join(
            " ",
            "text of",
            range(Integer.toString(lengthMin), Integer.toString(lengthMax)),
            "characters");
    return new Setting<>(
        key, environment, flag, fallback, allowed, SettingParser.text(lengthMin, lengthMax));
  }

  public static Setting<Level> level(
      @Nullable String key, String environment, String flag, @Nullable String fallback) {
    return new Setting<>(key, environment, flag, fallback, Level.NAMES, SettingParser.level());
  }

  public static Setting<Duration> duration(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      Duration min,
      Duration max) {
    String allowed = "a duration of ".concat(range(GoDuration.text(min), GoDuration.text(max)));
    return new Setting<>(
        key, environment, flag, fallback, allowed, SettingParser.duration(min, max));
  }

  /** One of {@code constants}, which is an enum's {@code values()}. */
  public static <E extends Enum<E>> Setting<E> oneOf(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      E[] constants) {
    StringBuilder allowed = new StringBuilder();
    for (int index = 0; index < constants.length; index++) {
      if (index > 0) {
        allowed.append(index == constants.length - 1 ? " or " : ", ");
      }
      allowed.append(constants[index].name().toLowerCase(Locale.ROOT));
    }
    return new Setting<>(
        key, environment, flag, fallback, allowed.toString(), SettingParser.oneOf(constants));
  }

  public static Setting<Path> path(
      @Nullable String key, String environment, String flag, @Nullable String fallback) {
    return new Setting<>(key, environment, flag, fallback, "a path", SettingParser.path());
  }

  /** What messages call it: as the file does, or else as the environment does. */
  public String name() {
    return key == null ? environment : key;
  }

  private static String range(String min, String max) {
    return String.join(" to ", min, max);
  }
}
