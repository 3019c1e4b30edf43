package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import loteria.kafka.ClientLibrary;
import loteria.kafka.KafkaOptions;
import loteria.kafka.NoBrokersException;
import loteria.kafka.Topics;
import loteria.kafka.UnsafeTopicsException;
import loteria.runtime.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code loteria kafka}: the topics of a lottery that several centrals share. */
@Command(
    name = "kafka",
    description = {
      "Makes the topics of a lottery that several centrals share, or checks them. A topic that"
          + " exists is never changed: what is wrong with it is said, a line each, and so is what"
          + " is wrong with the brokers.",
      "Centrals check the same when they start, and make no topic. How many partitions the bets"
          + " have is for good: it says how many centrals can receive bets at once."
    },
    footer = {
      "",
      "Example: before the centrals are started for the first time",
      "  loteria kafka prepare --kafka one:9092,two:9092,three:9092 --name christmas",
      "",
      "Example: on a single broker, to try it out",
      "  loteria kafka prepare --kafka localhost:9092 --name trial --kafka-unsafe",
      "",
      "Exit codes: 0 all is right; 1 something is wrong, or could not be made;",
      "2 wrong usage; 69 no broker answers."
    })
final class KafkaCommand implements Callable<Integer> {

  /** What is to be done. */
  enum Job {
    PREPARE,
    CHECK
  }

  static final class JobConverter implements ITypeConverter<Job> {
    @Override
    public Job convert(String text) {
      return switch (text) {
        case "prepare" -> Job.PREPARE;
        case "check" -> Job.CHECK;
        default -> throw new TypeConversionException("'" + text + "' is neither prepare nor check");
      };
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(
      paramLabel = "prepare|check",
      description = "prepare makes what is missing and checks all; check only checks.",
      converter = JobConverter.class)
  private @Nullable Job job;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT,…",
      required = true,
      description = "Some of the brokers; they name the others.")
  private String brokers = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Of the lottery: the topics are NAME.bets and NAME.draw.")
  private String name = "";

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions the bets get, 1 to 64; ${DEFAULT-VALUE} if not said.")
  private int partitions = Topics.PARTITIONS_DEFAULT;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's clients, key=value a line, such as those of TLS and SASL.")
  private @Nullable Path config;

  @Option(
      names = "--kafka-unsafe",
      description =
          "Takes topics of fewer than three replicas, and makes them where there are fewer brokers:"
              + " for trials alone, since bets are lost with a broker.")
  private boolean unsafe;

  KafkaCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("partitions", partitions, 1, Topics.PARTITIONS_MAX);
    KafkaOptions options =
        new KafkaOptions(
            read("kafka", brokers, KafkaOptions::brokers),
            read("name", name, KafkaOptions::name),
            null,
            properties(),
            unsafe);
    ClientLibrary.require();
    try {
      show(job == Job.PREPARE ? Topics.prepare(options, partitions) : Topics.check(options));
      return CommandLineOfLoteria.DONE;
    } catch (UnsafeTopicsException refused) {
      refused.wrong().forEach(this::complain);
      return CommandLineOfLoteria.FAILED;
    } catch (NoBrokersException nobody) {
      complain(String.valueOf(nobody.getMessage()));
      return ExitCode.UNREACHABLE;
    }
  }

  private void show(Topics.Report report) {
    report.lines().forEach(out::println);
    report.warnings().forEach(warning -> complain("warning: " + warning));
  }

  private void complain(String line) {
    err.println("loteria kafka: " + line);
  }

  private static String read(String what, String text, UnaryOperator<String> reader)
      throws UsageException {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("%s of '%s' %s".formatted(what, text, wrong.getMessage()));
    }
  }

  private Map<String, String> properties() throws IOException {
    Path file = config;
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
