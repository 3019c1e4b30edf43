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
              "    storing = ended;\n",
              """
                  ended.answer(settings.nanoTime().getAsLong());
                  storing = new Group();
                  ended.kept().forEach(storing::keep);
              """),
          new Mutation(
                  "answers in the loop before the syncer has stored",
                  "server",
                  "Loop",
                  "Objects.requireNonNull(syncers).execute(() -> send(store(ledger,"
                      + " block.get())));",
                  """
                  send(ledger::stored);
                  Objects.requireNonNull(syncers).execute(() -> store(ledger, block.get()));
                  """)
              .caughtBy("loteria.server.net.LoopTest"),
          new Mutation(
                  "reads on when it is to stop",
                  "server",
                  "Loop",
                  "!log.isFull() && (!stopping || closeAt != 0)",
                  "!log.isFull()")
              .caughtBy("loteria.server.net.LoopTest"),
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
              "FrameReader",
              "return stated == actual\n",
              "return true\n"),
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
              "takes zeros ahead for bets",
              "journal",
              "Journal",
              "Math.max(scan.recovery().keptBytes(), FileHeader.BYTES)",
              "Math.max(storage.size(), FileHeader.BYTES)"),
          new Mutation(
              "does not fsync the directory", "journal", "FileStorage", "channel.force(true);", ""),
          new Mutation(
                  "does not notice that its journal was replaced",
                  "journal",
                  "DataDirectory",
                  "if (!now.get().isSameFile(used.getValue())) {",
                  "if (false) {")
              .caughtBy("loteria.journal.DataDirectoryTest"),
          new Mutation(
              "acknowledges what a full disk did not take",
              "server",
              "Ledger",
              "Set<Integer> undone = lottery.rollback();",
              """
              lottery.commit();
              lottery.endGroup();
              lottery.commit();
              Set<Integer> undone = Set.of();
              """),
          new Mutation(
              "writes a block though the one before it found no room",
              "server",
              "Ledger",
              "    journal.discard();\n",
              ""),
          new Mutation(
              "takes back one of two groups that found no room",
              "lottery",
              "Lottery",
              "List.of(group, olderGroup)",
              "List.of(olderGroup)"),
          new Mutation(
              "stores a duplicate",
              "lottery",
              "Lottery",
              """
                  if (end <= next) {
                    return new Decision.Unchanged(state);
              """,
              """
                  if (end <= next) {
                    return accepted(agency, state.with(count, checksum, bytes));
              """),
          new Mutation(
              "accepts a gap", "lottery", "Lottery", "if (first > next) {", "if (false) {"),
          new Mutation(
              "accepts an overlap", "lottery", "Lottery", "if (first < next) {", "if (false) {"),
          new Mutation(
              "accepts bets after the finish",
              "lottery",
              "Lottery",
              """
                  if (state.finished()) {
                    return rejected(\
              """,
              """
                  if (false) {
                    return rejected(\
              """),
          new Mutation(
              "does not carry the prefix checksum on",
              "lottery",
              "Lottery",
              "return accepted(agency, state.with(count, checksum, bytes));",
              "return accepted(agency, new AgencyState(end, checksum, false));"),
          new Mutation(
              "accepts a finish that is not of what is stored",
              "lottery",
              "Lottery",
              "if (total != state.next() || checksum != state.checksum()) {",
              "if (false) {"),
          new Mutation(
              "counts a finish twice",
              "lottery",
              "Lottery",
              "return state.finished() ? new Decision.Unchanged(state) :",
              """
              if (state.finished()) {
                awaited--;
                return new Decision.Unchanged(state);
              }
              return \
              """),
          new Mutation(
              "draws before the last finish",
              "lottery",
              "Lottery",
              "return awaited == 0;",
              "return awaited <= 1;"),
          new Mutation(
                  "takes a second draw",
                  "lottery",
                  "Lottery",
                  "if (drawn != null) {",
                  "if (false) {")
              .caughtBy("loteria.lottery.LotteryTest"),
          new Mutation(
                  "takes a row that is not canonical",
                  "lottery",
                  "BetRow",
                  "if (!needed || bytes[at + 1] != ',') {",
                  "if (bytes[at + 1] != ',') {")
              .caughtBy("loteria.lottery.BetRowTest"),
          new Mutation(
              "tells the winners of another agency",
              "server",
              "Ledger",
              "sealing.reader(agency)",
              "sealing.reader(lottery.agencies() - agency + 1)"),
          new Mutation(
              "leaves an agency's last batch out of the seal",
              "server",
              "SealedFile",
              "i < positions.count(agency); i++",
              "i < positions.count(agency) - 1; i++"),
          new Mutation(
              "tells an operator before the fsync",
              "server",
              "Ledger",
              """
                  group.tell(
                      operator, new Answer.Closed(nowClosed, earlier, awaited), new Answer.Refused(NO_ROOM));
              """,
              """
                  operator.told(new Answer.Closed(nowClosed, earlier, awaited));
              """),
          new Mutation(
              "does not name in the seal who was closed",
              "server",
              "SealedFile",
              "lottery.closed());",
              "java.util.List.of());"),
          new Mutation(
              "forgets who was closed when it starts again",
              "server",
              "LedgerState",
              "AgencyState after = accepted(position, lottery.close(agency, reason));",
              "AgencyState after = lottery.state(agency);"),
          new Mutation(
              "does not tell that acknowledged bets are lost",
              "lottery",
              "Lottery",
              "if (acked > state.next()) {",
              "if (false) {"),
          new Mutation(
              "forgets the fence",
              "server",
              "Ledger",
              """
                  return session.equals(live.get(session.agency()));
                }

                private void reject(Session session, Decision.Rejected rejected) {
                  refuse(session, rejected.refusal(), rejected.next(), rejected.reason());
                }

                private void refuse(Session session, Refusal refusal, long next, String reason) {
                  leave(session);
                  session.stopReading();
              """,
              """
                  return true;
                }

                private void reject(Session session, Decision.Rejected rejected) {
                  refuse(session, rejected.refusal(), rejected.next(), rejected.reason());
                }

                private void refuse(Session session, Refusal refusal, long next, String reason) {
                  leave(session);
              """),
          new Mutation(
              "answers in a shared lottery before the commit",
              "server",
              "Ledger",
              "    storing = ended;\n",
              """
                  if (ownership != null) {
                    ended.answer(settings.nanoTime().getAsLong());
                    Group answered = ended;
                    ended = new Group();
                    answered.kept().forEach(ended::keep);
                  }
                  storing = ended;
              """),
          new Mutation(
              "says that bets are lost without asking the log",
              "server",
              "Ledger",
              "if (rejected.refusal() == Refusal.ACKED_LOST && ownership != null) {",
              "if (false) {"),
          new Mutation(
              "takes a partition over without what it was told first",
              "server",
              "SharedLottery",
              "      whole.figures().grown(to - from);\n",
              """
                    if (!announced && !isDraw(partition)) {
                      return;
                    }
              """),
          new Mutation(
              "takes the draw over without what was sealed",
              "server",
              "Sealing",
              "    if (!followed.isEmpty()) {\n      directory.check();\n",
              "    if (!followed.isEmpty() && leader == null) {\n      directory.check();\n"),
          new Mutation(
              "seals when its last bets are not stored",
              "server",
              "Sealing",
              "      if (!ledger.isIdle()) {\n",
              "      if (false) {\n"),
          new Mutation(
              "seals when others await agencies",
              "server",
              "Sealing",
              "winners.isPresent() || !lottery.isComplete() || !isIdle()",
              "winners.isPresent() || !isIdle()"),
          new Mutation(
              "draws again what another central has drawn",
              "server",
              "Sealing",
              """
                  } else if (leader != null && number.isPresent()) {
              """,
              """
                  }
                  if (leader != null && lottery.sealed().isPresent() && number.isPresent()) {
              """),
          new Mutation(
              "forgets a seal that it had no room to make",
              "server",
              "Sealing",
              "    number = settings.number();\n",
              """
                  followed.poll();
                  number = settings.number();
              """),
          new Mutation(
              "gives a partition back before its bets are stored",
              "server",
              "SharedLottery",
              "isDone(ledger) && !sealing.needs(ledger)",
              "!sealing.needs(ledger)"),
          new Mutation(
              "gives the draw back while it seals",
              "server",
              "SharedLottery",
              " && !sealing.needs(ledger)",
              ""),
          new Mutation(
              "keeps the agencies of a partition that it gives back",
              "server",
              "SharedLottery",
              "        ledger.retire();\n",
              ""),
          new Mutation(
              "does not answer who says the number late",
              "server",
              "Sealing",
              """
                        tell(
                            number.equals(OptionalInt.of(drawn.number()))
                                ? new Answer.Drawn(drawn, true)
                                : new Answer.Refused(stays(drawn)));
              """,
              ""),
          new Mutation(
              "begins a lottery that was begun",
              "server",
              "SharedLottery",
              "isDraw(partition) && journal.recovery().records() == 0",
              "isDraw(partition)"),
          new Mutation(
              "tells the seal of the first central alone",
              "server",
              "Sealing",
              "    ledgers.forEach(Ledger::drawn);\n",
              """
                  if (leader != null) {
                    leader.drawn();
                  }
              """),
          new Mutation(
              "resumes one bet too far",
              "client",
              "Upload",
              "      window = welcome.window();\n",
              """
                    if (stored.next() > 0) {
                      source.fill(new Rows.Collector(1));
                    }
                    window = welcome.window();
              """),
          new Mutation(
                  "sends a row after the bad one, read carefully",
                  "client",
                  "CsvFile",
                  "    if (bad != null) {\n",
                  "    if (false) {\n")
              .caughtBy("loteria.client.bets.BadRowsTest"));

  private Mutations() {}
}
