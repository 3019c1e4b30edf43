package loteria.tool.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import loteria.kafka.brokers.Topics;
import loteria.lottery.BetRow;
import loteria.lottery.Count;
import loteria.lottery.Visible;
import loteria.runtime.ExitCode;
import loteria.tool.bets.AgencyFile;
import loteria.tool.command.Brokers;
import loteria.tool.command.OwnerFiles;
import loteria.tool.command.StopHook;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code loteria run}: a central and its agencies as processes on this machine, from the upload to
 * the winners.
 */
@Command(
    name = "run",
    description = {
      "Runs the whole lottery on this machine, without Docker: a central, and an agency for each"
          + " agency-N.csv.",
      "With --kafka the lottery's log is kept by Kafka's brokers, which run already, and --centrals"
          + " says how many centrals share it. loteria kafka prepare has made its topics; nothing"
          + " is in them yet.",
      "Each is a process of its own; Ctrl-C stops them all."
    },
    showDefaultValues = true,
    footer = {
      "",
      "Example: the bets of a directory, kept where they can be found again",
      "  loteria run --data bets --directory datos/today",
      "",
      "Example: three centrals that share a lottery",
      "  loteria run --centrals 3 --kafka one:9092,two:9092,three:9092 --name christmas",
      "",
      "The winners of agency N are in winners-N.txt of that directory, one document a line.",
      "",
      "Exit codes: 0 drawn, 1 a program failed, 2 wrong usage, 69 no broker answers, 130 and 143"
          + " stopped by SIGINT (Ctrl-C) and SIGTERM."
    })
public final class RunCommand extends ToolCommand {
  private static final int SAME_SECOND_MAX = 100;

  /** As many as an agency can name. */
  private static final int CENTRALS_MAX = 16;

  /** As many as an agency takes. */
  private static final int BATCH_MAX = 65_535;

  private final Programs programs;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where agency-1.csv, agency-2.csv… are.")
  private Path data = Path.of(".data");

  @Option(
      names = "--directory",
      paramLabel = "DATA_DIRECTORY",
      description =
          "Where the central keeps its data, and all their logs; without it a fresh"
              + " datos/run-DATE-TIME.")
  private @Nullable Path directory;

  @Option(names = "--number", paramLabel = "NUMBER", description = "The winning number, 0 to 9999.")
  private int number = 7574;

  @Option(
      names = "--batch-max-amount",
      paramLabel = "N",
      description = "The most bets of a batch, 1 to 65535.")
  private int batchMaxAmount = 99;

  @Option(
      names = "--centrals",
      paramLabel = "N",
      description = "With --kafka: how many centrals share the lottery, 1 to 16.")
  private int centrals = 1;

  @Mixin private final Brokers brokers = new Brokers();

  public RunCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("number", number, 0, BetRow.NUMBER_MAX);
    UsageException.requireWithin("batch-max-amount", batchMaxAmount, 1, BATCH_MAX);
    UsageException.requireWithin("centrals", centrals, 1, CENTRALS_MAX);
    Run.Shared shared = shared();
    List<AgencyFile> files = AgencyFile.allIn(data);
    if (shared != null) {
      var _ = Topics.check(shared.log()); // what is wrong is told before a program is started
    }
    Run.Order order = new Run.Order(files, dataDirectory(), number, batchMaxAmount, shared);
    line(
        "%s of %s in %s; logs in %s",
        Count.grouped(order.rows(), "bet"),
        Count.of(files.size(), "agency"),
        data,
        order.directory());
    Progress progress =
        new Progress(out(), hasTerminal(), order.rows(), files.size(), System::nanoTime);
    try (Children children = Children.guarded();
        StopHook hook =
            StopHook.install(
                "stop-hook",
                () -> {
                  children.stop();
                  printStopped(order);
                })) {
      Run run = new Run(order, programs, children, progress);
      return run(run, order, children, hook, progress);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the programs ran");
    }
  }

  private Run.@Nullable Shared shared() throws UsageException, IOException {
    if (brokers.areNamed()) {
      return new Run.Shared(centrals, brokers.options(), brokers.config());
    }
    if (centrals > 1) {
      throw new UsageException(
          "centrals of %d share a lottery over Kafka and --kafka is missing".formatted(centrals));
    }
    return null;
  }

  private int run(Run run, Run.Order order, Children children, StopHook hook, Progress progress)
      throws IOException, InterruptedException {
    try {
      run.run();
      progress.end();
      print(run, order);
      return ExitCode.DONE;
    } catch (Run.FailedException | IOException failure) {
      // No program is left when it is told; and if all are being stopped, it is no failure.
      children.stop();
      if (hook.fired()) {
        return ExitCode.FAILED; // the hook tells it, and the signal is the exit code
      }
      progress.end();
      if (failure instanceof Run.FailedException failed) {
        print(failed, order);
        return ExitCode.FAILED;
      }
      throw (IOException) failure;
    }
  }

  private Path dataDirectory() throws IOException {
    Path chosen = directory;
    if (chosen != null) {
      return Files.createDirectories(chosen, OwnerFiles.DIRECTORY);
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    return fresh(Files.createDirectories(Path.of("datos")), now);
  }

  /** A new directory named after {@code now}; runs of the same second are numbered. */
  static Path fresh(Path parent, LocalDateTime now) throws IOException {
    String name = "run-" + DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").format(now);
    for (int run = 1; run <= SAME_SECOND_MAX; run++) {
      try {
        return Files.createDirectory(
            parent.resolve(run == 1 ? name : name + "-" + run), OwnerFiles.DIRECTORY);
      } catch (FileAlreadyExistsException taken) {
        // By another run of this second: the next number.
      }
    }
    throw new IOException(parent + " has " + SAME_SECOND_MAX + " runs of this second already");
  }

  private void printDraw(Run.Draw draw, Run.Order order) {
    line("draw    number %d%s", draw.number(), draw.before() ? ", held before this run" : "");
    if (draw.number() != order.number()) {
      line("the number of this run, %d, does not count", order.number());
    }
  }

  /** The bets, the seal, the draw and each agency's winners. */
  private void print(Run run, Run.Order order) {
    line(
        "%s stored in %.1f s (%,d bets/s)",
        Count.grouped(run.stored(), "bet"),
        run.elapsed().toNanos() / 1e9,
        Progress.rate(run.stored(), run.elapsed()));
    if (run.before() > 0) {
      line("%s stored before", Count.grouped(run.before(), "bet"));
    }
    Optional<Run.Seal> seal = run.seal();
    seal.ifPresentOrElse(
        sealed ->
            line("seal    %s, sha256 %s", Count.grouped(sealed.bets(), "bet"), sealed.sha256()),
        () -> line("seal    not announced"));
    run.draw().ifPresentOrElse(draw -> printDraw(draw, order), () -> line("draw    not announced"));
    out().println();
    line("agency            bets    winners");
    long winners = 0;
    for (AgencyFile file : order.files()) {
      long won = run.winnersOf(file.agency()).orElse(0);
      winners += won;
      line("%6d %,15d %,10d", file.agency(), file.rows(), won);
    }
    line("%6s %,15d %,10d", "total", order.rows(), winners);
    if (seal.isPresent() && seal.get().bets() != order.rows()) {
      long bets = seal.get().bets();
      line(
          "the files have %s, but %s %s sealed",
          Count.grouped(order.rows(), "line"),
          Count.grouped(bets, "bet"),
          Count.word(bets, "is", "are"));
    }
    out().println();
    line("data    %s", order.directory());
    Run.Shared shared = order.shared();
    if (shared != null) {
      line("log     %s at %s", shared.log().name(), shared.log().brokers());
    }
  }

  /** What failed, the end of its log, and where the logs are. */
  private void print(Run.FailedException failed, Run.Order order) {
    complain(failed.getMessage());
    failed.lastLines().forEach(line -> err().println("  " + line));
    if (failed.lastLines().isEmpty() && order.directory().toFile().getUsableSpace() == 0) {
      // The next line names the directory. The words are the system's, as elsewhere.
      err().println("  its log cannot be written: No space left on device");
    }
    String end = "every program is stopped; data and logs are in " + order.directory();
    err().println(Visible.text(end));
  }

  private void printStopped(Run.Order order) {
    err().println();
    String end = "stopped on request: no program is left; data and logs are in ";
    err().println(Visible.text(end + order.directory()));
    err().flush();
  }
}
