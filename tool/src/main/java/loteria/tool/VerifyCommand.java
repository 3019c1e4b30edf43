package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria verify}: whether all that a data directory holds agrees. */
@Command(
    name = "verify",
    description = {
      "Checks a central's data directory: that its journal is whole and tells of a lottery by the"
          + " rules, that bets.csv has the journal's bets and the seal its hash, and that as many"
          + " have won as the journal says.",
      "Reads alone, also while a central uses the directory. Exits 1 with the first offset at which"
          + " something is not as it should be."
    },
    footer = {
      "",
      "Example: a lottery whose seal and number were made public",
      "  loteria verify --seal 5f3a… --number 7574 datos/today",
      "",
      "Exit codes: 0 all agrees, 1 it does not, or cannot be read, 2 wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  private final PrintWriter out;

  @Option(
      names = "--agencies",
      paramLabel = "N",
      description = "How many agencies the lottery has; without it, as many as are seen.")
  private @Nullable Integer agencies;

  @Option(
      names = "--seal",
      paramLabel = "SHA256",
      description =
          "The seal that was announced, blanks and line ends aside: another one, or none, is"
              + " wrong.")
  private @Nullable String seal;

  @Option(
      names = "--number",
      paramLabel = "NUMBER",
      description = "The draw that was announced: another number, or none, is wrong.")
  private @Nullable Integer number;

  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  VerifyCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    OptionalInt expected = within("agencies", agencies, 1, Lottery.AGENCIES_MAX);
    Announced announced = new Announced(sha256(), within("number", number, 0, Bet.NUMBER_MAX));
    new VerificationSummary(Verification.of(directory, expected, announced), out).print();
    return CommandLineOfLoteria.DONE;
  }

  private Optional<String> sha256() throws UsageException {
    String given = seal == null ? null : seal.replaceAll("\\s", "");
    if (given != null && !given.matches("[0-9a-fA-F]{64}")) {
      throw new UsageException("seal of '" + given + "' is not 64 hexadecimal digits");
    }
    return Optional.ofNullable(given).map(hash -> hash.toLowerCase(Locale.ROOT));
  }

  private static OptionalInt within(String what, @Nullable Integer given, int min, int max)
      throws UsageException {
    if (given == null) {
      return OptionalInt.empty();
    }
    if (given < min || given > max) {
      throw new UsageException(
          "%s of %d is not between %d and %d".formatted(what, given, min, max));
    }
    return OptionalInt.of(given);
  }
}
