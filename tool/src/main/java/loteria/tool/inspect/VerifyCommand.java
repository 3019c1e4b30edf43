package loteria.tool.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.journal.Recovery;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.runtime.ExitCode;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loteria verify}: whether all that a data directory holds agrees. */
@Command(
    name = "verify",
    description = {
      "Checks a central's data directory: the journal is whole and follows the rules of a lottery,"
          + " bets.csv has the journal's bets, the seal has its hash, and as many bets"
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
public final class VerifyCommand extends ToolCommand {
  @Option(
      names = "--agencies",
      paramLabel = "N",
      description =
          "How many agencies the lottery has, 1 to 65535; without it, as many as are seen.")
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
      description = "The number that was announced, 0 to 9999: another one, or none, is wrong.")
  private @Nullable Integer number;

  @Mixin private final Source.Named named = new Source.Named();

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("agencies", agencies, 1, Lottery.AGENCIES_MAX);
    UsageException.requireWithin("number", number, 0, BetRow.NUMBER_MAX);
    OptionalInt expected = optional(agencies);
    var known = new Verification.Public(sha256(), optional(number));
    try (Source source = named.open()) {
      warn(source.undecided());
      OptionalInt announced = source.agencies();
      if (expected.isPresent() && announced.isPresent() && !expected.equals(announced)) {
        throw new IOException(
            "%s: a lottery of %s, not of %d"
                .formatted(source, Count.of(announced.getAsInt(), "agency"), expected.getAsInt()));
      }
      OptionalInt told = expected.isPresent() ? expected : announced;
      Verification found = Verification.of(source.directory(), told, known);
      source
          .saved()
          .ifPresent(saved ->
              line(
                  "log       %s: %s of bets, each agency's in its own",
                  source, Count.of(saved.partitions(), "partition")));
      print(found);
    }
    return ExitCode.DONE;
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

  private static OptionalInt optional(@Nullable Integer given) {
    return given == null ? OptionalInt.empty() : OptionalInt.of(given);
  }

  /** What was checked, how much of it, each agency's part, and how far the lottery has come. */
  private void print(Verification found) {
    Replay replay = found.replay();
    print(found.journal());
    line(
        "bets      %,d of %s%s, each agency's from its first on without a gap",
        replay.lottery().bets(),
        Count.grouped(replay.agencies(), "agency"),
        replay.knowsAgencies() ? "" : " seen");
    found.sealed().ifPresent(file -> print(file, replay.lottery()));
    List<AgencyState> states = replay.states();
    for (int agency = 1; agency <= states.size(); agency++) {
      AgencyState state = states.get(agency - 1);
      if (state.closed() != null) {
        line(
            "closed    agency %d, not finished, with %s: %s",
            agency, Count.grouped(state.next(), "bet"), state.closed());
      }
    }
    if (!states.isEmpty()) {
      out().println();
      Optional<Winners> winners =
          replay.lottery().drawn().map(_ -> found.sealed().orElseThrow().winners());
      table(states, winners);
      out().println();
    }
    line("verified  %s", progress(replay));
  }

  private void print(Recovery journal) {
    line(
        "journal   %s: %s in %s, each with its checksum, all legal",
        Count.grouped(journal.keptBytes(), "byte"),
        Count.grouped(journal.records(), "record"),
        Count.grouped(journal.blocks(), "block"));
    if (journal.tornBytes() > 0) {
      line(
          "torn      %s from offset %d on: an unfinished write or a damaged last one, which"
              + " the central cuts off when it starts",
          Count.grouped(journal.tornBytes(), "byte"), journal.keptBytes());
    }
  }

  private void print(Verification.SealedFile file, Lottery lottery) {
    line(
        "bets.csv  %s, %s: the journal's bets, byte for byte",
        Count.grouped(file.rows(), "row"), Count.grouped(file.bytes(), "byte"));
    lottery
        .sealed()
        .ifPresentOrElse(
            sealed -> {
              Seal seal = sealed.seal();
              line(
                  "seal      %s, sha256 %s: that of bets.csv, of %s",
                  Count.grouped(seal.bets(), "bet"), seal.sha256(), sealed.at());
            },
            () ->
                line(
                    "seal      not in the journal: the central seals bets.csv again when it"
                        + " starts"));
    lottery
        .drawn()
        .ifPresent(drawn ->
            line(
                "draw      number %d, %s: as many as bets.csv has, of %s",
                drawn.number(), Count.grouped(drawn.winners(), "winner"), drawn.at()));
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
          winners.isPresent() ? "%,11d".formatted(won) : "");
    }
  }

  private static String progress(Replay replay) {
    Lottery lottery = replay.lottery();
    if (lottery.drawn().isPresent()) {
      return "the bets are sealed and the draw was held";
    }
    if (lottery.sealed().isPresent()) {
      return "the bets are sealed; no draw was held yet";
    }
    int closed = lottery.closed().size();
    if (replay.isComplete()) {
      return "every agency has finished%s; the bets are not sealed yet"
          .formatted(closed == 0 ? "" : " or was closed");
    }
    if (replay.states().stream().allMatch(AgencyState.NEW::equals)) {
      return "nothing is stored yet";
    }
    return "bets are being received: %,d of %s %s finished%s"
        .formatted(
            replay.finished(),
            Count.grouped(replay.agencies(), "agency"),
            Count.word(replay.finished(), "has", "have"),
            closed == 0 ? "" : ", %d closed".formatted(closed));
  }
}
