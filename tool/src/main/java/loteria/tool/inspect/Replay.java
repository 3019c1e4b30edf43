package loteria.tool.inspect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.journal.DataDirectory;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Count;
import loteria.lottery.Decision;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * A lottery as its journal tells it: takes the entries in their order, drives the rules of {@link
 * Lottery} with them, and refuses the first that no central can have put there.
 *
 * <p>A few numbers an agency in memory, whatever the number of bets. For one thread.
 */
final class Replay {
  private final Lottery lottery;
  private final int agencies;
  private final boolean told;
  private Optional<JournalFile.Entry> sealed = Optional.empty();
  private Optional<JournalFile.Entry> drawn = Optional.empty();

  /**
   * @param expected how many agencies the lottery has, where that is known
   * @param seen the highest number of an agency that the journal speaks of: those are taken for all
   *     if it is not known how many there are; 0 if there is none
   */
  Replay(OptionalInt expected, int seen) {
    told = expected.isPresent();
    agencies = expected.orElse(seen);
    lottery = new Lottery(Math.max(1, agencies));
  }

  /**
   * Takes the next entry.
   *
   * @throws DisagreementException if it may not stand there
   */
  void take(JournalFile.Entry entry) throws DisagreementException {
    Message.Entry message = entry.message();
    int agency = entry.agency();
    if (agency != 0 && !lottery.expects(agency)) {
      throw entry.wrong("agency %d is not one of 1 to %d".formatted(agency, agencies));
    }
    switch (message) {
      case Message.Batch(_, long first, Rows rows) ->
          requireAccepted(
              entry, lottery.add(agency, first, rows.count(), rows.checksum(), rows.length()));
      case Message.Finish(_, long total, int checksum) ->
          requireAccepted(entry, lottery.finish(agency, total, checksum));
      case Message.Closed(_, long bets, ClosingReason reason) -> {
        requireAccepted(entry, lottery.close(agency, reason));
        long stored = lottery.state(agency).next();
        if (bets != stored) {
          throw entry.wrong(
              "agency %d: closed with %s, where %d %s stored"
                  .formatted(
                      agency, Count.of(bets, "bet"), stored, Count.word(stored, "is", "are")));
        }
      }
      case Message.Announced announced -> {
        if (announced.agencies() != agencies) {
          throw entry.wrong(
              "a lottery of %s, not of %d"
                  .formatted(Count.of(announced.agencies(), "agency"), agencies));
        }
      }
      case Message.Sealed seal -> {
        requireNothing(entry, lottery.seal(seal.seal(), seal.at()));
        sealed = Optional.of(entry);
      }
      case Message.Drawn draw -> {
        requireNothing(entry, lottery.draw(draw.number(), draw.winners(), draw.at()));
        drawn = Optional.of(entry);
      }
    }
  }

  private void requireAccepted(JournalFile.Entry entry, Decision decision)
      throws DisagreementException {
    switch (decision) {
      case Decision.Accepted _ -> {
        lottery.endGroup();
        lottery.commit();
      }
      case Decision.Unchanged _ ->
          throw entry.wrong("agency %d: what is stored is there again".formatted(entry.agency()));
      case Decision.Rejected rejected ->
          throw entry.wrong("agency %d: %s".formatted(entry.agency(), rejected.reason()));
    }
  }

  private static void requireNothing(JournalFile.Entry entry, Optional<String> wrong)
      throws DisagreementException {
    if (wrong.isPresent()) {
      throw entry.wrong(wrong.get());
    }
  }

  /**
   * Compares what the journal says with what was made public.
   *
   * @param end where the journal ends, in bytes from its start
   * @throws DisagreementException if it says something else, or less
   */
  void check(Verification.Public known, long end) throws DisagreementException {
    if (known.sha256().isPresent()) {
      String wanted = known.sha256().get();
      Seal seal = lottery.sealed().orElseThrow(() -> ends(end, "seal of SHA-256 " + wanted)).seal();
      if (!seal.sha256().equals(wanted)) {
        throw sealEntry()
            .wrong("a seal of SHA-256 %s, where %s was announced".formatted(seal.sha256(), wanted));
      }
    }
    if (known.number().isPresent()) {
      int wanted = known.number().getAsInt();
      int number = lottery.drawn().orElseThrow(() -> ends(end, "draw of " + wanted)).number();
      if (number != wanted) {
        throw drawEntry().wrong("a draw of %d, where %d was announced".formatted(number, wanted));
      }
    }
  }

  private static DisagreementException ends(long end, String without) {
    return new DisagreementException(
        DataDirectory.JOURNAL, end, "it ends without the %s that was announced".formatted(without));
  }

  /** The entry that seals the bets, which is there. */
  JournalFile.Entry sealEntry() {
    return sealed.orElseThrow();
  }

  /** The entry of the draw, which is there. */
  JournalFile.Entry drawEntry() {
    return drawn.orElseThrow();
  }

  /** The lottery; only its first {@link #agencies()} are of it. */
  Lottery lottery() {
    return lottery;
  }

  /** How many agencies the lottery has: those numbered from 1 to that. */
  int agencies() {
    return agencies;
  }

  /**
   * Whether that number was told, or follows from the seal, before which all must have finished or
   * been closed.
   */
  boolean knowsAgencies() {
    return told || sealed.isPresent();
  }

  /** What is stored of each agency, in order of agency. */
  List<AgencyState> states() {
    return lottery.states().subList(0, agencies);
  }

  /** How many agencies have finished. */
  long finished() {
    return states().stream().filter(AgencyState::finished).count();
  }

  /** Whether there is an agency, and all have finished or were closed. */
  boolean isComplete() {
    return agencies > 0 && lottery.isComplete();
  }
}
