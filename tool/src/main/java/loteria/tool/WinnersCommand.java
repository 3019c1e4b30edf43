package loteria.tool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "Exit codes: 0 shown, 1 no draw was held, or the directory does not agree or cannot be read,",
      "2 wrong usage, 69 no broker answers."
    })
final class WinnersCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final String CSV_HEADER = "agencia,nombre,apellido,documento,nacimiento,numero";

  private static final Pattern FIELD = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

  private final PrintWriter out;

  @Option(names = "--agency", paramLabel = "N", description = "Only those of this agency.")
  private @Nullable Integer agency;

  @Option(names = "--csv", description = "As CSV, all of a bet, fit for a spreadsheet.")
  private boolean csv;

  @Mixin private final Brokers brokers = new Brokers();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory; or else --kafka.")
  private @Nullable Path directory;

  WinnersCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if (agency != null) {
      UsageException.requireWithin("agency", agency, 1, Lottery.AGENCIES_MAX);
    }
    try (Source source = Source.open("DIR", directory, brokers)) {
      show(source);
    }
    return CommandLineOfLoteria.DONE;
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
    if (agency != null && agency > replay.agencies()) {
      throw new UsageException(
          "agency of %d is not between 1 and %d".formatted(agency, replay.agencies()));
    }
    long all = drawn.winners();
    long shown = agency == null ? all : found.sealed().orElseThrow().winners().of(agency);
    out.print(csv ? CSV_HEADER + "\r\n" : "agency  document              name\n");
    if (show(source.directory(), drawn.number()) != shown) {
      throw new IOException(DataDirectory.BETS + " was changed while it was read");
    }
    if (!csv) {
      out.print(
          String.format(Locale.ROOT, "%,d bets have won with number %d%n", shown, drawn.number()));
    }
    out.flush();
  }

  /** How many were shown. */
  private long show(Path directory, int number) throws IOException {
    Draw draw = new Draw(number);
    byte[] buffer = new byte[BUFFER_BYTES];
    long shown = 0;
    int length = 0;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(directory.resolve(DataDirectory.BETS)))) {
      for (int read = in.read(buffer);
          read > 0;
          read = in.read(buffer, length, buffer.length - length)) {
        length += read;
        int row = 0;
        StringBuilder lines = new StringBuilder();
        for (int next = Draw.after(buffer, 0, length);
            next >= 0;
            next = Draw.after(buffer, row, length)) {
          if (draw.wins(buffer, next)) {
            List<String> fields =
                fields(new String(buffer, row, next - row - 2, StandardCharsets.UTF_8));
            if (agency == null || fields.getFirst().equals(agency.toString())) {
              lines.append(line(fields));
              shown++;
            }
          }
          row = next;
        }
        out.print(lines);
        length -= row;
        System.arraycopy(buffer, row, buffer, 0, length);
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
        ? fields.stream().map(PlainText::cell).collect(Collectors.joining(",")) + "\r\n"
        : "%6s  %-20s  %s%n"
            .formatted(
                fields.get(0),
                fields.get(3),
                PlainText.of((fields.get(1) + " " + fields.get(2)).strip()));
  }
}
