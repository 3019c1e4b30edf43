package loteria.tool.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import loteria.kafka.options.ClientLibrary;
import loteria.kafka.options.KafkaOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that can take a lottery from the log that several centrals share. */
public final class Brokers {
  /** The name of a central's lottery, if it is not told another. */
  private static final String NAME_DEFAULT = "loteria";

  @Option(
      names = "--kafka",
      paramLabel = "BROKERS",
      description =
          "Some of the brokers that keep the log of a lottery that centrals share: HOST:PORT,…")
  private @Nullable String brokers;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "With --kafka: of the lottery; "
              + NAME_DEFAULT
              + " if not said. loteria kafka requires it.")
  private @Nullable String name;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "With --kafka: properties of Kafka's clients, key=value a line, such as those of TLS and"
              + " SASL.")
  private @Nullable Path config;

  /**
   * Whether brokers are named.
   *
   * @throws UsageException if only what belongs to them is
   */
  public boolean areNamed() throws UsageException {
    if (brokers == null && (name != null || config != null)) {
      throw new UsageException(
          (name == null ? "--kafka-config" : "--name") + " is there without --kafka");
    }
    return brokers != null;
  }

  /** Requires that the lottery is named, where a wrong one would do harm. */
  public void requireName() throws UsageException {
    if (name == null) {
      throw new UsageException("--name is missing");
    }
  }

  /** The file of properties, if there is one. */
  public @Nullable Path config() {
    return config;
  }

  /**
   * Which lottery on which brokers, which must be named.
   *
   * @throws IOException if the file of properties cannot be read, or Kafka's client is not there
   */
  public KafkaOptions options() throws UsageException, IOException {
    return options(false);
  }

  /** The same; also topics that may lose bets, if {@code unsafe}. */
  public KafkaOptions options(boolean unsafe) throws UsageException, IOException {
    String named = brokers;
    if (named == null) {
      throw new UsageException("--kafka is missing");
    }
    KafkaOptions options =
        new KafkaOptions(
            read("kafka", named, KafkaOptions::brokers),
            read("name", name == null ? NAME_DEFAULT : name, KafkaOptions::name),
            null,
            properties(config),
            unsafe);
    ClientLibrary.require();
    return options;
  }

  private static String read(String what, String text, UnaryOperator<String> reader)
      throws UsageException {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("%s of '%s' %s".formatted(what, text, wrong.getMessage()));
    }
  }

  private static Map<String, String> properties(@Nullable Path file) throws IOException {
    if (file == null) {
      return Map.of();
    }
    try {
      return KafkaOptions.properties(file);
    } catch (FileSystemException unreadable) {
      throw unreadable;
    } catch (IOException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }
}
