package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria generate}: makes agency-1.csv, agency-2.csv… of invented people who bet. */
@Command(
    name = "generate",
    description =
        "Makes agency-N.csv files of invented people's bets. The same arguments give the same"
            + " bytes, anywhere.",
    showDefaultValues = true,
    footer = {
      "",
      "Example: three agencies with 1,000 bets, of which exactly ten win",
      "  loteria generate --agencies 3 --bets 1000 --winners 10 .data",
      "",
      "Exit codes: 0 made, 1 it could not be, 2 wrong usage."
    })
final class GenerateCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(names = "--agencies", paramLabel = "N", description = "How many agencies, 1 to 10000.")
  private int agencies = 5;

  @Option(
      names = "--bets",
      paramLabel = "TOTAL",
      description = "How many bets all of them have together.")
  private long bets = 80_000;

  @Option(
      names = "--winners",
      paramLabel = "W",
      description = "How many of the bets win; without it, as chance gives: one in ten thousand.")
  private @Nullable Long winners;

  @Option(names = "--number", paramLabel = "NUMBER", description = "The winning number, 0 to 9999.")
  private int number = 7574;

  @Option(names = "--seed", paramLabel = "S", description = "Another seed, other people.")
  private long seed = 1;

  @Parameters(
      paramLabel = "DIRECTORY",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Where to; made if missing, files of the same names replaced.")
  private Path directory = Path.of("");

  GenerateCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    List<GeneratedFile> files = new GeneratedDirectory(directory).write(new BetsGenerator(order()));
    long won = 0;
    for (GeneratedFile file : files) {
      out.println(line(file));
      won += file.winners();
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%,d bets, %,d on number %d, seed %d, in %s",
            bets,
            won,
            number,
            seed,
            directory));
    return CommandLineOfLoteria.DONE;
  }

  private static String line(GeneratedFile file) {
    String name = AgencyFile.nameOf(file.agency());
    return String.format(
        Locale.ROOT,
        "%-14s bets %,13d   bytes %,16d   winners %,7d",
        name,
        file.bets(),
        file.bytes(),
        file.winners());
  }

  private BetsOrder order() throws UsageException {
    try {
      Long exactly = winners;
      WinnersWanted wanted =
          exactly == null ? new WinnersWanted.ByChance() : new WinnersWanted.Exactly(exactly);
      return new BetsOrder(seed, agencies, bets, wanted, number);
    } catch (IllegalArgumentException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()));
    }
  }
}
