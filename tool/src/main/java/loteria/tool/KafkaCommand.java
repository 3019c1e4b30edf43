package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

/** {@code loteria kafka}: the topics of a lottery that several centrals share, and its log. */
@Command(
    name = "kafka",
    description = {
      "Makes the topics of a lottery that several centrals share, or checks them. A topic that"
          + " exists is never changed: what is wrong with it is said, a line each, and so is what"
          + " is wrong with the brokers.",
      "save copies all that is committed into a data directory, as that of a central which has its"
          + " lottery to itself: verify, winners, export and dump work on it.",
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
      "Example: a backup, while centrals run or after all is over",
      "  loteria kafka save --kafka one:9092,two:9092 --name christmas saved/christmas",
      "",
      "Exit codes: 0 all is there and right; 1 something is wrong, or could not be made;",
      "2 wrong usage; 69 no broker answers."
    })
final class KafkaCommand implements Callable<Integer> {

  /** What is to be done. */
  enum Job {
    PREPARE,
    CHECK,
    SAVE
  }

  static final class JobConverter implements ITypeConverter<Job> {
    @Override
    public Job convert(String text) {
      return switch (text) {
        case "prepare" -> Job.PREPARE;
        case "check" -> Job.CHECK;
        case "save" -> Job.SAVE;
        default ->
            throw new TypeConversionException("'" + text + "' is none of prepare, check and save");
      };
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(
      index = "0",
      paramLabel = "prepare|check|save",
      description =
          "prepare makes what is missing and checks all; check only checks; save copies the lottery"
              + " into DIR.",
      converter = JobConverter.class)
  private @Nullable Job job;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Of save: a new or empty directory.")
  private @Nullable Path directory;

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
    Path saved = directory;
    if ((job == Job.SAVE) != (saved != null)) {
      throw new UsageException(
          saved == null ? "DIR is missing, where to save" : "DIR is only for save");
    }
    KafkaOptions options = Brokers.options(brokers, name, config, unsafe);
    ClientLibrary.require();
    if (saved != null) {
      return save(options, saved);
    }
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

  private int save(KafkaOptions options, Path to) throws IOException {
    SavedLottery saved =
        SavedLottery.save(options, Files.createDirectories(to, OwnerFiles.DIRECTORY));
    out.println(
        "%s saved in %s: %d partitions of bets, %s"
            .formatted(
                options.name(),
                to,
                saved.partitions(),
                saved.agencies().isPresent()
                    ? "%d agencies".formatted(saved.agencies().getAsInt())
                    : "not begun yet"));
    return CommandLineOfLoteria.DONE;
  }

  private void show(Topics.Report report) {
    report.lines().forEach(out::println);
    report.warnings().forEach(warning -> complain("warning: " + warning));
  }

  private void complain(String line) {
    err.println("loteria kafka: " + line);
  }
}
