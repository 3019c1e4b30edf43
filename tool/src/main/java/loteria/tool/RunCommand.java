package loteria.tool;

import java.io.Console;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
      "Each is a process of its own; Ctrl-C stops them all."
    },
    showDefaultValues = true,
    footer = {
      "",
      "Example: the bets of a directory, kept where they can be found again",
      "  loteria run --data bets --directory datos/today",
      "",
      "Exit codes: 0 drawn, 1 a program failed, 2 wrong usage, 130 stopped by Ctrl-C, 143 by"
          + " SIGTERM."
    })
final class RunCommand implements Callable<Integer> {
  private static final int SAME_SECOND_MAX = 100;

  private final Programs programs;
  private final PrintWriter out;
  private final PrintWriter err;

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

  @Option(names = "--batch-max-amount", paramLabel = "N", description = "The most bets of a batch.")
  private int batchMaxAmount = 99;

  RunCommand(Programs programs, PrintWriter out, PrintWriter err) {
    this.programs = programs;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if (number < 0 || number > BetsOrder.NUMBER_MAX) {
      throw new UsageException(
          "number of " + number + " is not between 0 and " + BetsOrder.NUMBER_MAX);
    }
    if (batchMaxAmount < 1) {
      throw new UsageException("batch-max-amount of " + batchMaxAmount + " is below 1");
    }
    var files = AgencyFile.allIn(data);
    var order =
        new RunOrder(
            files,
            data,
            dataDirectory(Clock.system(ZoneId.systemDefault())),
            number,
            batchMaxAmount);
    out.println(
        String.format(
            Locale.ROOT,
            "%,d bets of %d agencies in %s; logs in %s",
            order.rows(),
            files.size(),
            data,
            order.directory()));
    return run(order);
  }

  private int run(RunOrder order) throws IOException {
    var progress =
        new Progress(out, isTerminal(), order.rows(), order.agencies().size(), System::nanoTime);
    try (Children children = Children.guarded();
        StopHook hook =
            StopHook.install(children, () -> RunSummary.printInterrupted(order.directory(), err))) {
      Outcome outcome = outcome(new Run(order, programs, children, progress), children);
      if (hook.fired()) {
        // The hook tells it.
        return CommandLineOfLoteria.FAILED;
      }
      progress.end();
      return told(outcome, new RunSummary(order));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the programs ran");
    }
  }

  /** How the run ended; no program is left then, while the hook still stands. */
  private static Outcome outcome(Run run, Children children)
      throws IOException, InterruptedException {
    try {
      return run.run();
    } catch (IOException failure) {
      if (children.stopping()) {
        // A program could not be started because all are being stopped.
        return new Outcome.Interrupted();
      }
      throw failure;
    } finally {
      children.stop();
    }
  }

  private int told(Outcome outcome, RunSummary summary) {
    return switch (outcome) {
      case Outcome.Done done -> {
        summary.print(done, out);
        yield CommandLineOfLoteria.DONE;
      }
      case Outcome.Failed failed -> {
        summary.print(failed, err);
        yield CommandLineOfLoteria.FAILED;
      }
      // Whoever stopped the run tells it.
      case Outcome.Interrupted() -> CommandLineOfLoteria.FAILED;
    };
  }

  private Path dataDirectory(Clock clock) throws IOException {
    Path chosen = directory;
    if (chosen != null) {
      return Files.createDirectories(chosen, SecretDirectory.OWNERS_DIRECTORY);
    }
    return fresh(Files.createDirectories(Path.of("datos")), LocalDateTime.now(clock));
  }

  /** A new directory named after {@code now}; runs of the same second are numbered. */
  static Path fresh(Path parent, LocalDateTime now) throws IOException {
    String name = "run-" + DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).format(now);
    for (int run = 1; run <= SAME_SECOND_MAX; run++) {
      try {
        return Files.createDirectory(
            parent.resolve(run == 1 ? name : name + "-" + run), SecretDirectory.OWNERS_DIRECTORY);
      } catch (FileAlreadyExistsException taken) {
        // By another run of this second: the next number.
      }
    }
    throw new IOException(parent + " has " + SAME_SECOND_MAX + " runs of this second already");
  }

  private static boolean isTerminal() {
    // Null without a terminal, or a console that says so: that depends on the JDK.
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
