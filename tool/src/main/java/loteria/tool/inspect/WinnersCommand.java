package loteria.tool.inspect;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.lottery.Visible;
import loteria.runtime.ExitCode;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loteria winners}: the bets that have won, from the sealed file. */
@Command(
    name = "winners",
    description = {
      "Shows the bets that have won, agency by agency, from a central's bets.csv, after the whole"
          + " data directory was checked as verify does.",
      "Read-only; safe while a central is running. It shows personal data."
    },
    footer = {
      "",
      "Example: the winners of agency 3, for a spreadsheet",
      "  loteria winners --agency 3 --csv datos/today >winners.csv",
      "",
      "With --csv, a name that a spreadsheet would take for a formula has an apostrophe before it.",
      "",
      "With --kafka they are those of a lottery that several centrals share.",
      "",
      "Exit codes: 0 shown, 1 no draw was held, or the directory does not agree or cannot be read,"
          + " 2 wrong usage, 69 no broker answers."
    })
public final class WinnersCommand extends ToolCommand {
  private static final String CSV_HEADER = "agencia,nombre,apellido,documento,nacimiento,numero";

  private static final Pattern FIELD = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

  @Option(
      names = "--agency",
      paramLabel = "N",
      description = "Only those of this agency, 1 to 65535.")
  private @Nullable Integer agency;

  @Option(names = "--csv", description = "As CSV, all of a bet, fit for a spreadsheet.")
  private boolean csv;

  @Mixin private final Source.Named named = new Source.Named();

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("agency", agency, 1, Lottery.AGENCIES_MAX);
    try (Source source = named.open()) {
      warn(source.undecided());
      show(source);
    }
    return ExitCode.DONE;
  }

  private void show(Source source) throws UsageException, IOException {
    Verification found =
        Verification.of(source.directory(), source.agencies(), Verification.Public.NOTHING);
    Replay replay = found.replay();
    Lottery.Drawn drawn =
        replay
            .lottery()
            .drawn()
            .orElseThrow(() -> new IOException(source + ": no draw was held yet"));
    UsageException.requireWithin("agency", agency, 1, replay.agencies());
    long all = drawn.winners();
    long shown = agency == null ? all : found.sealed().orElseThrow().winners().of(agency);
    out().print(csv ? CSV_HEADER + "\r\n" : "agency  document              name\n");
    if (show(source.directory(), drawn.number()) != shown) {
      throw new IOException(DataDirectory.BETS + " was changed while it was read");
    }
    if (!csv) {
      line(
          "%s %s won with number %d",
          Count.grouped(shown, "bet"), Count.word(shown, "has", "have"), drawn.number());
    }
    out().flush();
  }

  /** How many were shown. */
  private long show(Path directory, int number) throws IOException {
    long shown = 0;
    try (BufferedReader rows = Files.newBufferedReader(directory.resolve(DataDirectory.BETS))) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        if (row.endsWith("," + number)) {
          List<String> fields = fields(row);
          if (agency == null || fields.getFirst().equals(agency.toString())) {
            out().print(line(fields));
            shown++;
          }
        }
      }
    }
    return shown;
  }

  /** The fields of a row, agency and all. */
  private static List<String> fields(String row) {
    List<String> fields = new ArrayList<>();
    Matcher field = FIELD.matcher(row);
    while (field.find()) {
      String quoted = field.group(1);
      fields.add(quoted == null ? field.group(2) : quoted.replace("\"\"", "\""));
    }
    return fields;
  }

  private String line(List<String> fields) {
    return csv
        ? fields.stream().map(WinnersCommand::cell).collect(Collectors.joining(",")) + "\r\n"
        : "%6s  %-20s  %s%n"
            .formatted(
                fields.get(0),
                fields.get(3),
                Visible.text((fields.get(1) + " " + fields.get(2)).strip()));
  }

  /**
   * A field for a spreadsheet, which would take one that begins with {@code = + - @}, or their
   * full-width forms, for a formula: such a one gets an apostrophe before it, by which spreadsheets
   * mark a text. So does what comes after a semicolon, at which some split. Quoted as CPython's csv
   * writer would (QUOTE_MINIMAL).
   */
  private static String cell(String text) {
    String marked = Visible.text(text).replaceAll("(^|;)(\\s*[=+\\-@＝＋－＠])", "$1'$2");
    return marked.indexOf(',') >= 0 || marked.indexOf('"') >= 0
        ? '"' + marked.replace("\"", "\"\"") + '"'
        : marked;
  }
}
