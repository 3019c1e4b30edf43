package loteria.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user can set, and the places where it can be said.
 *
 * @param key its name in the settings file: an INI key in lower case, or a dotted YAML path; null
 *     only for the place of the file itself
 * @param environment its name in the environment
 * @param flag its name on the command line, with the dashes: {@code --server-port}
 * @param fallback the default, as a user would write it; null if the user must give a value
 * @param allowed which values are allowed, in words: {@code 0 to 65535}
 * @param parser reads the text, and refuses what is not allowed
 * @param group the heading that it stands under in the help; empty until {@link #help} gives it
 * @param meaning what it is, for the help; empty until {@link #help} gives it
 */
public record Setting<T>(
    @Nullable String key,
    String environment,
    String flag,
    @Nullable String fallback,
    String allowed,
    Parser<T> parser,
    String group,
    String meaning) {

  /** Reads the value of a setting from the text that the user wrote. Stateless. */
  @FunctionalInterface
  public interface Parser<T> {
    /**
     * Reads one value, which is not empty unless the setting allows that.
     *
     * @throws IllegalArgumentException if the text is not allowed; its message goes on from the
     *     value: "lacks a unit"
     */
    T parse(String text);
  }

  /** What is wrong with a value that has the right form: the list of what is allowed tells why. */
  static final String NOT_ALLOWED = "is not allowed";

  private static final int INTEGER_DIGITS_MAX = 10;

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

  /** A setting that says nothing in the help yet. */
  public Setting(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      String allowed,
      Parser<T> parser) {
    this(key, environment, flag, fallback, allowed, parser, "", "");
  }

  /** The same with its place in the help and its meaning there: "port; 0 is any free one". */
  public Setting<T> help(String heading, String said) {
    return new Setting<>(key, environment, flag, fallback, allowed, parser, heading, said);
  }

  /**
   * Whole numbers in decimal digits, with a minus sign if negative. Leading zeros, underscores and
   * plus signs are refused: other programs read such numbers in different ways.
   */
  public static Setting<Integer> integer(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      int min,
      int max) {
    return new Setting<>(
        key, environment, flag, fallback, min + " to " + max, new IntegerParser(min, max));
  }

  /** Text without control characters; the lengths are in UTF-16 characters. */
  public static Setting<String> text(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      int lengthMin,
      int lengthMax) {
    String allowed = "text of " + lengthMin + " to " + lengthMax + " characters";
    return new Setting<>(
        key, environment, flag, fallback, allowed, new TextParser(lengthMin, lengthMax));
  }

  public static Setting<Level> level(
      @Nullable String key, String environment, String flag, @Nullable String fallback) {
    return new Setting<>(key, environment, flag, fallback, Level.NAMES, new LevelParser());
  }

  /** Durations as {@link GoDuration#parse} reads them. */
  public static Setting<Duration> duration(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      Duration min,
      Duration max) {
    String allowed = "a duration of " + GoDuration.text(min) + " to " + GoDuration.text(max);
    return new Setting<>(key, environment, flag, fallback, allowed, new DurationParser(min, max));
  }

  /**
   * One of {@code constants}, by its name in upper or lower case. They are an enum's {@code
   * values()}, handed in so that no reflection finds them.
   */
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
        key, environment, flag, fallback, allowed.toString(), new ConstantParser<>(constants));
  }

  /** A path, which need not exist. */
  public static Setting<Path> path(
      @Nullable String key, String environment, String flag, @Nullable String fallback) {
    return new Setting<>(key, environment, flag, fallback, "a path", new PathParser());
  }

  /** A host and a port, whose name is not looked up: see {@link HostPort#parse}. */
  public static Setting<HostPort> hostPort(
      @Nullable String key,
      String environment,
      String flag,
      @Nullable String fallback,
      int portMin) {
    return new Setting<>(
        key, environment, flag, fallback, "host:port", new HostPortParser(portMin));
  }

  /** What messages call it: as the file does, or else as the environment does. */
  public String name() {
    return key == null ? environment : key;
  }

  /** The parser of {@link #path(String, String, String, String)}. */
  public static Path path(String text) {
    allow(!text.isEmpty(), "is empty");
    try {
      return Path.of(text);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("is not a path");
    }
  }

  // Classes and not lambdas, each of which the JVM would have to link while an agency starts.

  private record IntegerParser(int min, int max) implements Parser<Integer> {
    @Override
    public Integer parse(String text) {
      int sign = text.startsWith("-") ? 1 : 0;
      int digits = text.length() - sign;
      // Integer.parseInt also takes a plus sign and the digits of every script.
      for (int index = sign; index < text.length(); index++) {
        allow(isDigit(text.charAt(index)), "is not a plain decimal number");
      }
      allow(digits > 0, "is not a plain decimal number");
      allow(
          digits == 1 || text.charAt(sign) != '0',
          "has a leading zero, which some programs take for octal");
      allow(digits <= INTEGER_DIGITS_MAX, NOT_ALLOWED);
      long number = Long.parseLong(text);
      allow(number >= min && number <= max, NOT_ALLOWED);
      return (int) number;
    }
  }

  private record TextParser(int lengthMin, int lengthMax) implements Parser<String> {
    @Override
    public String parse(String text) {
      allow(text.length() >= lengthMin, "is too short");
      allow(text.length() <= lengthMax, "is too long");
      for (int index = 0; index < text.length(); index++) {
        allow(!Character.isISOControl(text.charAt(index)), "has a control character");
      }
      return text;
    }
  }

  private record LevelParser() implements Parser<Level> {
    @Override
    public Level parse(String text) {
      try {
        return Level.of(text);
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException(NOT_ALLOWED);
      }
    }
  }

  private record DurationParser(Duration min, Duration max) implements Parser<Duration> {
    @Override
    public Duration parse(String text) {
      Duration duration = GoDuration.parse(text);
      allow(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, NOT_ALLOWED);
      return duration;
    }
  }

  private static final class ConstantParser<E extends Enum<E>> implements Parser<E> {
    private final E[] constants;

    ConstantParser(E[] constants) {
      this.constants = constants;
    }

    @Override
    public E parse(String text) {
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      throw new IllegalArgumentException(NOT_ALLOWED);
    }
  }

  private record PathParser() implements Parser<Path> {
    @Override
    public Path parse(String text) {
      return path(text);
    }
  }

  private record HostPortParser(int portMin) implements Parser<HostPort> {
    @Override
    public HostPort parse(String text) {
      return HostPort.parse(text, portMin);
    }
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static void allow(boolean allowed, String problem) {
    if (!allowed) {
      throw new IllegalArgumentException(problem);
    }
  }
}
