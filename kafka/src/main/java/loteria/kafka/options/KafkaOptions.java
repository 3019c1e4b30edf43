package loteria.kafka.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.runtime.settings.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Which lottery on which brokers, and who asks.
 *
 * @param brokers {@code host:port,host:port…}: some of the brokers; they know the others
 * @param name of the lottery; its topics, its group and its transactional ids begin with it
 * @param peer where other centrals reach this one; null for a program that is no central
 * @param properties of Kafka's clients, such as those of TLS and SASL; what is fixed wins over
 *     them. They hold passwords: none of them is ever in a message
 * @param unsafe whether topics are taken that may lose bets, such as those of a single broker
 */
public record KafkaOptions(
    String brokers,
    String name,
    @Nullable HostPort peer,
    Map<String, String> properties,
    boolean unsafe) {

  /** The longest name: that of a topic may have 249 characters. */
  public static final int NAME_CHARACTERS_MAX = 200;

  static final int FILE_BYTES_MAX = 64 * 1024;
  static final int BROKERS_MAX = 64;

  private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]*");
  private static final Pattern KEY = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]*");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'");
  private static final List<String> SECRETS =
      List.of("password", "passphrase", "secret", "jaas", "key", "token", "credential");
  private static final List<String> NO_SECRETS =
      List.of(".location", ".type", ".file", ".url", ".alias", ".algorithm", ".class", ".format");
  private static final String HIDDEN = "[hidden]";

  /**
   * Refuses what {@link #brokers(String)} and {@link #name(String)} refuse.
   *
   * @throws IllegalArgumentException in one line
   */
  public KafkaOptions {
    brokers = checked("the brokers", brokers, KafkaOptions::brokers);
    name = checked("the name", name, KafkaOptions::name);
    properties = Map.copyOf(properties);
  }

  private interface Check {
    String of(String text);
  }

  private static String checked(String what, String text, Check check) {
    try {
      return check.of(text);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "%s \"%s\" %s".formatted(what, text, wrong.getMessage()), wrong);
    }
  }

  /**
   * Reads the addresses of brokers, {@code host:port} with commas between them, and looks up no
   * name.
   *
   * @return the same without blanks
   * @throws IllegalArgumentException whose message goes on from the text: "names no broker"
   */
  public static String brokers(String text) {
    List<String> brokers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String broker = part.strip();
      if (broker.isEmpty()) {
        throw new IllegalArgumentException(
            text.isBlank() ? "names no broker" : "has an empty address between its commas");
      }
      try {
        brokers.add(HostPort.parse(broker, 1).toString());
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "names a broker, \"%s\", which %s".formatted(broker, wrong.getMessage()), wrong);
      }
    }
    if (brokers.size() > BROKERS_MAX) {
      throw new IllegalArgumentException(
          "names %d brokers, more than %d".formatted(brokers.size(), BROKERS_MAX));
    }
    return String.join(",", brokers);
  }

  /**
   * Reads the name of a lottery.
   *
   * @throws IllegalArgumentException whose message goes on from the text: "is too long: …"
   */
  public static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not made of letters, digits, points, '_' and '-', with a letter or digit first");
    }
    if (text.length() > NAME_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "is too long: %d characters, at most %d".formatted(text.length(), NAME_CHARACTERS_MAX));
    }
    return text;
  }

  /**
   * Reads a file of client properties, {@code key=value} a line, as those of Kafka's own tools.
   *
   * @throws IOException whose message says in one line what is wrong with the file, and shows
   *     nothing that is in it but keys
   */
  public static Map<String, String> properties(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
    }
    if (bytes.length > FILE_BYTES_MAX) {
      throw new IOException("it has more than %d bytes".formatted(FILE_BYTES_MAX));
    }
    Properties read = new Properties();
    try {
      read.load(
          new StringReader(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException _) {
      throw new IOException("it is not UTF-8");
    } catch (IllegalArgumentException _) {
      throw new IOException("it has a \\u that four hexadecimal digits do not follow");
    }
    Map<String, String> properties = new TreeMap<>();
    for (String key : read.stringPropertyNames()) {
      if (!KEY.matcher(key).matches()) {
        throw new IOException("it has a line that is not key=value");
      }
      properties.put(key, read.getProperty(key).strip());
    }
    return properties;
  }

  /** The topic of the bets. */
  public String betsTopic() {
    return name + ".bets";
  }

  /** The topic of the seal and the draw. */
  public String drawTopic() {
    return name + ".draw";
  }

  /** The group of the centrals. */
  public String group() {
    return name + ".centrals";
  }

  /** A text with every secret that is in the properties hidden: for whatever a client says. */
  public String withoutSecrets(String text) {
    String safe = text;
    for (String secret : secrets()) {
      safe = safe.replace(secret, HIDDEN);
    }
    return safe;
  }

  /** The longest first: one may be part of another. */
  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      if (isSecret(property.getKey())) {
        secrets.add(property.getValue());
        for (Matcher quoted = QUOTED.matcher(property.getValue()); quoted.find(); ) {
          secrets.add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
        }
      }
    }
    secrets.removeIf(String::isBlank);
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    return secrets;
  }

  private static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(lower::contains)
        && NO_SECRETS.stream().noneMatch(lower::endsWith);
  }

  /** All but the values of the properties. */
  @Override
  public String toString() {
    return "KafkaOptions[brokers=%s, name=%s, peer=%s, properties=%s, unsafe=%s]"
        .formatted(brokers, name, peer, new TreeMap<>(properties).keySet(), unsafe);
  }
}
