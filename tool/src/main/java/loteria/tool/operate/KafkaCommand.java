package loteria.tool.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import loteria.kafka.brokers.Topics;
import loteria.kafka.options.KafkaOptions;
import loteria.lottery.Count;
import loteria.runtime.ExitCode;
import loteria.tool.command.Brokers;
import loteria.tool.command.OwnerFiles;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import loteria.tool.inspect.SavedLottery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code loteria kafka}: the topics of a lottery that several centrals share, and its log. */
@Command(
    name = "kafka",
    description = {
      "Makes or checks the topics of a lottery that several centrals share: NAME.bets and"
          + " NAME.draw. A topic that"
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
      "Exit codes: 0 all is there and right; 1 something is wrong, or could not be made; 2 wrong"
          + " usage; 69 no broker answers."
    })
public final class KafkaCommand extends ToolCommand {
  /** What is to be done; shells complete it. */
  static final class Job implements ITypeConverter<String>, Iterable<String> {
    private static final List<String> JOBS = List.of("prepare", "check", "save");

    @Override
    public String convert(String text) {
      if (!JOBS.contains(text)) {
        throw new TypeConversionException("'" + text + "' is none of prepare, check and save");
      }
      return text;
    }

    @Override
    public Iterator<String> iterator() {
      return JOBS.iterator();
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "prepare|check|save",
      description =
          "prepare makes what is missing and checks all; check only checks; save copies the lottery"
              + " into DIR.",
      converter = Job.class,
      completionCandidates = Job.class)
  private String job = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "Of save: a new or empty directory.")
  private @Nullable Path directory;

  @Mixin private final Brokers brokers = new Brokers();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "How many partitions the bets get, 1 to 64; ${DEFAULT-VALUE} if not said.")
  private int partitions = Topics.PARTITIONS_DEFAULT;

  @Option(
      names = "--kafka-unsafe",
      description =
          "Takes topics of fewer than three replicas, and makes them where there are fewer brokers:"
              + " for trials alone, since bets are lost with a broker.")
  private boolean unsafe;

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("partitions", partitions, 1, Topics.PARTITIONS_MAX);
    Path saved = directory;
    if (job.equals("save") != (saved != null)) {
      throw new UsageException(
          saved == null ? "DIR is missing, where to save" : "DIR is only for save");
    }
    brokers.requireName();
    KafkaOptions options = brokers.options(unsafe);
    if (saved != null) {
      return save(options, saved);
    }
    Topics.Report report =
        job.equals("prepare") ? Topics.prepare(options, partitions) : Topics.check(options);
    report.lines().forEach(said -> line("%s", said));
    warn(report.warnings());
    return ExitCode.DONE;
  }

  private int save(KafkaOptions options, Path to) throws IOException {
    SavedLottery saved =
        SavedLottery.save(options, Files.createDirectories(to, OwnerFiles.DIRECTORY));
    warn(saved.undecided());
    OptionalInt agencies = saved.agencies();
    line(
        "%s saved in %s: %s of bets, %s",
        options.name(),
        to,
        Count.of(saved.partitions(), "partition"),
        agencies.isPresent() ? Count.of(agencies.getAsInt(), "agency") : "not begun yet");
    return ExitCode.DONE;
  }
}
