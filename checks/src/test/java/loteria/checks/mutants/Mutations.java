package loteria.checks.mutants;

import java.util.List;

/** The bugs that must be caught. */
final class Mutations {
  static final List<Mutation> ALL =
      List.of(
          new Mutation(
              "acknowledges before the fsync",
              "server",
              "Ledger",
              """
                  if (!accepted.isEmpty()) {
                    store(answers, accepted);
                  }
                  say(answers);
              """,
              """
                  say(answers);
                  if (!accepted.isEmpty()) {
                    store(answers, accepted);
                  }
              """),
          new Mutation(
              "acknowledges without an fsync",
              "journal",
              "Journal",
              """
                    write(block);
                    sync(block);
              """,
              """
                    write(block);
              """),
          new Mutation(
              "acknowledges after a failed fsync",
              "journal",
              "Journal",
              "throw failed(\"syncing\", block, failure);",
              ""),
          new Mutation(
              "trusts the page cache when it starts",
              "journal",
              "Journal",
              "storage.writeWhole(rewritten, last);",
              ""),
          new Mutation(
              "ignores the checksum of a block",
              "journal",
              "Block",
              "found.getInt(CHECKSUM_AT) == checksum(found, bytes) && block.isConsistent()",
              "block.isConsistent()"),
          new Mutation(
              "ignores the checksum of a frame",
              "protocol",
              "FrameDecoder",
              "if (stated != actual) {",
              "if (false) {"),
          new Mutation(
              "keeps a torn tail",
              "journal",
              "Journal",
              """
                  if (storage.size() > end) {
                    storage.truncate(end);
                  }
              """,
              ""),
          new Mutation(
              "does not fsync the directory", "journal", "FileStorage", "channel.force(true);", ""),
          new Mutation(
              "acknowledges what a full disk did not take",
              "server",
              "Ledger",
              "Set<Integer> undone = state.lottery().rollback();",
              "Set<Integer> undone = Set.of();"),
          new Mutation(
              "stores a duplicate",
              "lottery",
              "Lottery",
              """
                  if (offer.end() <= next) {
                    return new Verdict.Repeated(standing);
              """,
              """
                  if (offer.end() <= next) {
                    return accept(offer.agency(), standing.with(offer));
              """),
          new Mutation(
              "accepts a gap", "lottery", "Lottery", "if (offer.first() > next) {", "if (false) {"),
          new Mutation(
              "accepts an overlap",
              "lottery",
              "Lottery",
              "if (offer.first() < next) {",
              "if (false) {"),
          new Mutation(
              "accepts bets after the finish",
              "lottery",
              "Lottery",
              """
                  if (standing.finished()) {
                    return refused(Refusal.CLOSED\
              """,
              """
                  if (false) {
                    return refused(Refusal.CLOSED\
              """),
          new Mutation(
              "accepts a finish that is not of what is stored",
              "lottery",
              "Lottery",
              "if (total != standing.next() || checksum != standing.checksum()) {",
              "if (false) {"),
          new Mutation(
              "counts a finish twice",
              "lottery",
              "Lottery",
              "return standing.finished() ? new Verdict.Repeated(standing) :",
              """
              if (standing.finished()) {
                unfinished--;
                return new Verdict.Repeated(standing);
              }
              return \
              """),
          new Mutation(
              "draws before the last finish",
              "lottery",
              "Lottery",
              "return unfinished == 0;",
              "return unfinished <= 1;"),
          new Mutation(
              "tells the winners of another agency",
              "server",
              "Ledger",
              "winners.of(agency)",
              "winners.of(agency == 1 ? 2 : 1)"),
          new Mutation(
              "leaves an agency's last batch out of the seal",
              "server",
              "LedgerState",
              "i < positions.count(agency); i++",
              "i < positions.count(agency) - 1; i++"),
          new Mutation(
              "tells an operator before the fsync",
              "server",
              "Ledger",
              "    if (!closed.isEmpty() && !store(",
              """
                  request.operator().told(new Answer.Closed(closed, earlier, 0));
                  if (!closed.isEmpty() && !store(\
              """),
          new Mutation(
              "does not name in the seal who was closed",
              "server",
              "DrawRoom",
              ".without(state.closed())",
              ""),
          new Mutation(
              "forgets who was closed when it starts again",
              "server",
              "LedgerState",
              "requireAccepted(position, lottery.close(closed.agency(), closed.reason()));",
              ""),
          new Mutation(
              "does not tell that acknowledged bets are lost",
              "lottery",
              "Lottery",
              "if (acked > standing.next()) {",
              "if (false) {"),
          new Mutation(
              "forgets the fence",
              "server",
              "Ledger",
              "return session.equals(live.get(agency));",
              "return true;"),
          new Mutation(
              "resumes one bet too far",
              "client",
              "Upload",
              "sent = Optional.of(new SentBets(agency, welcome));",
              """
              sent = Optional.of(new SentBets(agency, welcome));
              if (stored.next() > 0) {
                batcher.get().skip(1);
              }
              """));

  private Mutations() {}
}
