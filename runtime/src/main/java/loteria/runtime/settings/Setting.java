package loteria.runtime.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private static final String NOT_ALLOWED = "is not allowed";

  /** Reads a path, which need not exist. */
  public static final Parser<Path> PATH = new PathParser();

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

  /** The same with its place in the help and its meaning there: "port; 0 is any free one". */
  public Setting<T> help(String heading, String said) {
    return new Setting<>(key, environment, flag, fallback, allowed, parser, heading, said);
  }

  /** The names of a setting, by which it is said; what it takes is said next. */
  public static Named named(@Nullable String key, String environment, String flag) {
    return new Named(key, environment, flag);
  }

  /** The names of a setting; each method makes the setting, which says nothing in the help yet. */
  public record Named(@Nullable String key, String environment, String flag) {
    /**
     * Whole numbers in decimal digits, with a minus sign if negative. Leading zeros, underscores
     * and plus signs are refused: other programs read such numbers in different ways.
     */
    public Setting<Integer> integer(@Nullable String fallback, int min, int max) {
      return value(fallback, min + " to " + max, new IntegerParser(min, max));
    }

    /** Text without control characters; the lengths are in UTF-16 characters. */
    public Setting<String> text(@Nullable String fallback, int lengthMin, int lengthMax) {
      String allowed = "text of " + lengthMin + " to " + lengthMax + " characters";
      return value(fallback, allowed, new TextParser(lengthMin, lengthMax));
    }

    /** Durations as {@link GoDuration#parse} reads them. */
    public Setting<Duration> duration(@Nullable String fallback, Duration min, Duration max) {
      String allowed = "a duration of " + GoDuration.text(min) + " to " + GoDuration.text(max);
      return value(fallback, allowed, new DurationParser(min, max));
    }

    /**
     * One of {@code constants}, by its name in upper or lower case. They are an enum's {@code
     * values()}, handed in so that no reflection finds them.
     */
    public <E extends Enum<E>> Setting<E> oneOf(@Nullable String fallback, E[] constants) {
      StringBuilder allowed = new StringBuilder();
      for (int index = 0; index < constants.length; index++) {
        if (index > 0) {
          allowed.append(index == constants.length - 1 ? " or " : ", ");
        }
        allowed.append(constants[index].name().toLowerCase(Locale.ROOT));
      }
      return value(fallback, allowed.toString(), new ConstantParser<>(List.of(constants)));
    }

    /** A path, which need not exist. */
    public Setting<Path> path(@Nullable String fallback) {
      return value(fallback, "a path", PATH);
    }

    /**
     * What may be left out.
     *
     * @param none the text that says so; it may be empty
     */
    public <T> Setting<Optional<T>> optional(
        String fallback, String none, String allowed, Parser<T> parser) {
      return value(fallback, allowed, new OptionalParser<>(none, parser));
    }

    /** What that parser reads; {@code allowed} says in words what that is. */
    public <T> Setting<T> value(@Nullable String fallback, String allowed, Parser<T> parser) {
      return new Setting<>(key, environment, flag, fallback, allowed, parser, "", "");
    }
  }

  /** What messages call it: as the file does, or else as the environment does. */
  public String name() {
    return key == null ? environment : key;
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

  private record DurationParser(Duration min, Duration max) implements Parser<Duration> {
    @Override
    public Duration parse(String text) {
      Duration duration = GoDuration.parse(text);
      allow(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, NOT_ALLOWED);
      return duration;
    }
  }

  private record ConstantParser<E extends Enum<E>>(List<E> constants) implements Parser<E> {
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
      allow(!text.isEmpty(), "is empty");
      try {
        return Path.of(text);
      } catch (IllegalArgumentException _) {
        throw new IllegalArgumentException("is not a path");
      }
    }
  }

  private record OptionalParser<T>(String none, Parser<T> parser) implements Parser<Optional<T>> {
    @Override
    public Optional<T> parse(String text) {
      return text.equals(none) ? Optional.empty() : Optional.of(parser.parse(text));
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
