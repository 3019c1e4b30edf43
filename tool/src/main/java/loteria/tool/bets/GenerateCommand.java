package loteria.tool.bets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import loteria.lottery.Count;
import loteria.runtime.ExitCode;
import loteria.tool.command.FileOutput;
import loteria.tool.command.TemporaryFolder;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
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
public final class GenerateCommand extends ToolCommand {
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

  @Override
  public Integer call() throws UsageException, IOException {
    List<BetsGenerator.Written> files = write(directory, order());
    for (BetsGenerator.Written file : files) {
      line(
          "%-14s bets %,13d   bytes %,16d   winners %,7d",
          AgencyFile.nameOf(file.agency()), file.bets(), file.bytes(), file.winners());
    }
    long won = files.stream().mapToLong(BetsGenerator.Written::winners).sum();
    line(
        "%s, %,d on number %d, seed %d, in %s",
        Count.grouped(bets, "bet"), won, number, seed, directory);
    return ExitCode.DONE;
  }

  private BetsOrder order() throws UsageException {
    OptionalLong wanted = winners == null ? OptionalLong.empty() : OptionalLong.of(winners);
    return UsageException.made(() -> new BetsOrder(seed, agencies, bets, wanted, number));
  }

  /**
   * Writes the file of each agency, replacing those of the same names, all of them or none.
   *
   * <p>Every file is first written into a hidden folder inside the directory (so on the same file
   * system) and moved out by an atomic rename when all are complete: no half file is ever called
   * agency-N.csv. The folder is deleted also when the program is interrupted.
   *
   * @throws IOException when a file cannot be written, or the directory holds an agency file that
   *     these do not replace, so that the two sets would be taken for one; nothing has changed then
   */
  static List<BetsGenerator.Written> write(Path directory, BetsOrder order) throws IOException {
    Files.createDirectories(directory);
    for (int agency : AgencyFile.agenciesIn(directory)) {
      if (agency > order.agencies()) {
        throw new IOException(
            "%s holds %s already, which the %s would not replace; remove it first"
                .formatted(
                    directory, AgencyFile.nameOf(agency), Count.of(order.agencies(), "new file")));
      }
    }
    try (TemporaryFolder folder =
        new TemporaryFolder(Files.createTempDirectory(directory, ".generate-"))) {
      Path hidden = folder.path();
      BetsGenerator generator = new BetsGenerator(order);
      List<BetsGenerator.Written> files = new ArrayList<>();
      for (int agency = 1; agency <= order.agencies(); agency++) {
        String name = AgencyFile.nameOf(agency);
        try (OutputStream out =
            new FileOutput(directory.resolve(name), Files.newOutputStream(hidden.resolve(name)))) {
          files.add(generator.write(agency, out));
        }
      }
      for (BetsGenerator.Written file : files) {
        String name = AgencyFile.nameOf(file.agency());
        Files.move(hidden.resolve(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
      return files;
    }
  }
}
