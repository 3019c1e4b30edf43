package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import loteria.journal.Recovery;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria verify}: whether all that a data directory holds agrees. */
@Command(
    name = "verify",
    description = {
      "Checks a central's data directory: the journal is whole and follows the rules of a lottery,"
          + " bets.csv has the journal's bets, the seal has the hash of bets.csv, and as many bets"
          + " have won as the journal says.",
      "Read-only; safe while a central is running. If something is wrong, it names the first offset"
          + " and exits 1.",
      "With --kafka it checks the log of a lottery that several centrals share: all that is"
          + " committed is copied into a temporary data directory first."
    },
    footer = {
      "",
      "Example: a lottery whose seal and number were made public",
      "  loteria verify --seal 5f3a… --number 7574 datos/today",
      "",
      "Example: a lottery that several centrals share",
      "  loteria verify --kafka one:9092,two:9092,three:9092 --name christmas",
      "",
      "Exit codes: 0 all agrees, 1 it does not, or cannot be read, 2 wrong usage, 69 no broker"
          + " answers."
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
          "The seal that was announced: another one, or none, is wrong. Blanks and line ends in it"
              + " do not count.")
  private @Nullable String seal;

  @Option(
      names = "--number",
      paramLabel = "NUMBER",
      description = "The number that was announced: another one, or none, is wrong.")
  private @Nullable Integer number;

  @Mixin private final Brokers brokers = new Brokers();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory; or else --kafka.")
  private @Nullable Path directory;

  VerifyCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    OptionalInt expected = within("agencies", agencies, 1, Lottery.AGENCIES_MAX);
    var known = new Verification.Public(sha256(), within("number", number, 0, BetRow.NUMBER_MAX));
    try (Source source = Source.open("DIR", directory, brokers)) {
      OptionalInt announced = source.agencies();
      if (expected.isPresent() && announced.isPresent() && !expected.equals(announced)) {
        throw new IOException(
            "%s: a lottery of %d agencies, not of %d"
                .formatted(source, announced.getAsInt(), expected.getAsInt()));
      }
      OptionalInt told = expected.isPresent() ? expected : announced;
      Verification found = Verification.of(source.directory(), told, known);
      source
          .partitions()
          .ifPresent(partitions ->
              line(
                  "log       %s: %d partitions of bets, each agency's in its own",
                  source, partitions));
      print(found);
    }
    return CommandLineOfLoteria.DONE;
  }

  private Optional<String> sha256() throws UsageException {
    String given = seal;
    if (given == null) {
      return Optional.empty();
    }
    String hash = given.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new UsageException("seal of '" + given + "' is not 64 hexadecimal digits");
    }
    return Optional.of(hash);
  }

  private static OptionalInt within(String what, @Nullable Integer given, int min, int max)
      throws UsageException {
    if (given == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(UsageException.requireWithin(what, given, min, max));
  }

  /** What was checked, how much of it, each agency's part, and how far the lottery has come. */
  private void print(Verification found) {
    Replay replay = found.replay();
    print(found.journal());
    line(
        "bets      %,d of %,d agencies%s, each agency's from its first on without a gap",
        replay.lottery().bets(), replay.agencies(), replay.knowsAgencies() ? "" : " seen");
    found.sealed().ifPresent(file -> print(file, replay.lottery()));
    List<AgencyState> states = replay.states();
    for (int agency = 1; agency <= states.size(); agency++) {
      AgencyState state = states.get(agency - 1);
      if (state.closed() != null) {
        line(
            "closed    agency %d, not finished, with %,d bets: %s",
            agency, state.next(), state.closed());
      }
    }
    if (!states.isEmpty()) {
      out.println();
      Optional<Winners> winners =
          replay.lottery().drawn().map(_ -> found.sealed().orElseThrow().winners());
      table(states, winners);
      out.println();
    }
    line("verified  %s", progress(replay));
  }

  private void print(Recovery journal) {
    line(
        "journal   %,d bytes: %,d records in %,d blocks, each with its checksum, all legal",
        journal.keptBytes(), journal.records(), journal.blocks());
    if (journal.tornBytes() > 0) {
      line(
          "torn      %,d bytes from offset %d on: an unfinished write or a damaged last one, which"
              + " the central cuts off when it starts",
          journal.tornBytes(), journal.keptBytes());
    }
  }

  private void print(Verification.SealedFile file, Lottery lottery) {
    line(
        "bets.csv  %,d rows, %,d bytes: the journal's bets, byte for byte",
        file.rows(), file.bytes());
    lottery
        .sealed()
        .ifPresentOrElse(
            sealed -> {
              Seal seal = sealed.seal();
              line(
                  "seal      %,d bets, sha256 %s: that of bets.csv, of %s",
                  seal.bets(), seal.sha256(), sealed.at());
            },
            () ->
                line(
                    "seal      not in the journal: the central seals bets.csv again when it"
                        + " starts"));
    lottery
        .drawn()
        .ifPresent(drawn ->
            line(
                "draw      number %d, %,d winners: as many as bets.csv has, of %s",
                drawn.number(), drawn.winners(), drawn.at()));
  }

  private void table(List<AgencyState> states, Optional<Winners> winners) {
    line("agency            bets  checksum  finished%s", winners.isPresent() ? "    winners" : "");
    for (int agency = 1; agency <= states.size(); agency++) {
      AgencyState state = states.get(agency - 1);
      long won = winners.isPresent() ? winners.get().of(agency) : 0;
      line(
          "%6d %,15d  %08x  %-8s%s",
          agency,
          state.next(),
          state.checksum(),
          state.finished() ? "yes" : state.closed() != null ? "closed" : "no",
          winners.isPresent() ? String.format(Locale.ROOT, "%,11d", won) : "");
    }
  }

  private static String progress(Replay replay) {
    long closed = replay.lottery().closed().size();
    return switch (replay.state()) {
      case NEW -> "nothing is stored yet";
      case RECEIVING ->
          String.format(
              Locale.ROOT,
              "bets are being received: %,d of %,d agencies have finished%s",
              replay.finished(),
              replay.agencies(),
              closed == 0 ? "" : ", %d closed".formatted(closed));
      case FINISHED ->
          "every agency has finished%s; the bets are not sealed yet"
              .formatted(closed == 0 ? "" : " or was closed");
      case SEALED -> "the bets are sealed; no draw was held yet";
      case DRAWN -> "the bets are sealed and the draw was held";
    };
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
