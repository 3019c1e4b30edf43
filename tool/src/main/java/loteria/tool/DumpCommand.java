package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import loteria.journal.ForeignFileException;
import loteria.lottery.Lottery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria dump}: a journal for human eyes. */
@Command(
    name = "dump",
    description = {
      "Shows a journal, one line a record: where it is, what it is, whose, which bets, and its"
          + " checksum.",
      "Reads alone, also while a central uses the file. Shows all that precedes damage, then exits"
          + " 1 with its offset."
    },
    showDefaultValues = true,
    footer = {
      "",
      "Example: what agency 3 has sent, from offset 100000 on",
      "  loteria dump --agency 3 --from 100000 datos/today",
      "",
      "Exit codes: 0 shown, 1 the journal is damaged or cannot be read, 2 wrong usage."
    })
final class DumpCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(names = "--from", paramLabel = "OFFSET", description = "The first offset of a record.")
  private long from = 0;

  @Option(
      names = "--to",
      paramLabel = "OFFSET",
      description = "The last offset of a record; without it, the end.")
  private @Nullable Long to;

  @Option(names = "--agency", paramLabel = "N", description = "Only what this agency has sent.")
  private @Nullable Integer agency;

  @Option(
      names = "--records",
      paramLabel = "A-B",
      description = "Only records A to B, counted from 1.")
  private @Nullable String records;

  @Option(names = "--bets", description = "Each bet too: personal data.")
  private boolean bets;

  @Parameters(
      paramLabel = "PATH",
      description = "The journal, or the data directory that it is in.",
      showDefaultValue = Visibility.NEVER)
  private Path path = Path.of("");

  DumpCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Dump.Selection selection = selection();
    try (JournalFile journal = JournalFile.open(path)) {
      Dump dump = new Dump(selection, bets, out);
      dump.finish(journal.read(dump::take));
    } catch (ForeignFileException foreign) {
      throw new IOException(path + ": " + foreign.getMessage(), foreign);
    }
    return CommandLineOfLoteria.DONE;
  }

  private Dump.Selection selection() throws UsageException {
    long last = to == null ? Long.MAX_VALUE : to;
    if (from < 0 || last < from) {
      throw new UsageException("from %d to %d is no range of offsets".formatted(from, last));
    }
    if (agency != null && (agency < 1 || agency > Lottery.AGENCIES_MAX)) {
      throw new UsageException(
          "agency of %d is not between 1 and %d".formatted(agency, Lottery.AGENCIES_MAX));
    }
    return new Dump.Selection(
        new Range(from, last),
        records == null ? new Range(0, Long.MAX_VALUE) : Range.parse("records", records),
        agency == null ? 0 : agency);
  }
}
