package loteria.tool;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import loteria.journal.Recovery;
import loteria.lottery.Seal;
import loteria.lottery.Standing;
import loteria.protocol.Message;
import loteria.server.SealedBets;

/** What a person is told of a directory in which all agrees. */
final class VerificationSummary {
  private final Verification verification;
  private final Replay replay;
  private final PrintWriter out;

  VerificationSummary(Verification verification, PrintWriter out) {
    this.verification = verification;
    this.replay = verification.replay();
    this.out = out;
  }

  /** What was checked, how much of it, each agency's part, and how far the lottery has come. */
  void print() {
    journal();
    line(
        "bets      %,d of %,d agencies%s, each agency's from its first on without a gap",
        replay.bets(), replay.agencies(), replay.knowsAgencies() ? "" : " seen");
    verification.sealed().ifPresent(this::sealed);
    replay.drawn().ifPresent(drawn -> draw(drawn.entry()));
    closed();
    if (replay.agencies() > 0) {
      out.println();
      table();
      out.println();
    }
    line("verified  %s", state());
  }

  private void journal() {
    Recovery journal = verification.journal();
    line(
        "journal   %,d bytes: %,d records in %,d blocks, each with its checksum, all legal",
        journal.keptBytes(), journal.records(), journal.blocks());
    if (journal.tornBytes() > 0) {
      line(
          "torn      %,d bytes from offset %d on: an unfinished write or a damaged last one, which"
              + " a start of the central cuts off",
          journal.tornBytes(), journal.keptBytes());
    }
  }

  private void sealed(SealedReading file) {
    line(
        "%-9s %,d rows, %,d bytes: the journal's bets, byte for byte",
        SealedBets.NAME, file.rows(), file.bytes());
    replay
        .sealed()
        .map(sealed -> sealed.entry().seal())
        .ifPresentOrElse(
            this::seal,
            () ->
                line(
                    "seal      not in the journal: a start of the central seals %s again",
                    SealedBets.NAME));
  }

  private void seal(Seal seal) {
    line("seal      %,d bets, sha256 %s: that of %s", seal.bets(), seal.sha256(), SealedBets.NAME);
  }

  private void draw(Message.Drawn draw) {
    line(
        "draw      number %d, %,d winners: as many as %s and the journal's bets have",
        draw.number(), draw.winners(), SealedBets.NAME);
  }

  private void table() {
    boolean drawn = replay.drawn().isPresent();
    long[] winners = drawn ? verification.sealed().orElseThrow().winners() : new long[0];
    line("agency            bets  checksum  finished%s", drawn ? "    winners" : "");
    List<Standing> standings = replay.standings();
    for (int agency = 1; agency <= standings.size(); agency++) {
      Standing standing = standings.get(agency - 1);
      line(
          "%6d %,15d  %08x  %-8s%s",
          agency,
          standing.next(),
          standing.checksum(),
          standing.finished() ? "yes" : replay.closed().containsKey(agency) ? "closed" : "no",
          drawn ? "%,11d".formatted(winners[agency]) : "");
    }
  }

  /** Who had not finished, so that nobody can say later that he had. */
  private void closed() {
    List<Standing> standings = replay.standings();
    replay
        .closed()
        .forEach((agency, reason) ->
            line(
                "closed    agency %d, not finished, with %,d bets: %s",
                agency, standings.get(agency - 1).next(), reason));
  }

  private String state() {
    return switch (replay.state()) {
      case NEW -> "nothing is stored yet";
      case RECEIVING ->
          "bets are being received: %,d of %,d agencies have finished%s"
              .formatted(replay.finished(), replay.agencies(), andClosed(", %,d closed"));
      case FINISHED ->
          "every agency has finished%s; the bets are not sealed yet"
              .formatted(andClosed(" or was closed"));
      case SEALED -> "the bets are sealed; no draw was held yet";
      case DRAWN -> "the bets are sealed and the draw was held";
    };
  }

  private String andClosed(String words) {
    int closed = replay.closed().size();
    return closed == 0 ? "" : words.formatted(closed);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
