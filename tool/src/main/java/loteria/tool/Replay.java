package loteria.tool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.journal.DataDirectory;
import loteria.lottery.AgencyState;
import loteria.lottery.Decision;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.protocol.Message;

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

  /** How far a lottery has come. */
  enum State {
    NEW,
    RECEIVING,
    FINISHED,
    SEALED,
    DRAWN
  }

  /**
   * Takes the next entry.
   *
   * @throws DisagreementException if it may not stand there
   */
  void take(JournalFile.Entry entry) throws DisagreementException {
    switch (entry.message()) {
      case Message.Batch batch -> {
        int agency = requireExpected(entry, batch.agency());
        var rows = batch.rows();
        requireAccepted(
            entry,
            agency,
            lottery.store(agency, batch.first(), rows.count(), rows.checksum(), rows.length()));
      }
      case Message.Finish finish -> {
        int agency = requireExpected(entry, finish.agency());
        requireAccepted(entry, agency, lottery.finish(agency, finish.total(), finish.checksum()));
      }
      case Message.Closed closed -> {
        int agency = requireExpected(entry, closed.agency());
        requireAccepted(entry, agency, lottery.close(agency, closed.reason()));
        long stored = lottery.state(agency).next();
        if (closed.bets() != stored) {
          throw entry.wrong(
              "agency %d: closed with %d bets, where %d are stored"
                  .formatted(agency, closed.bets(), stored));
        }
      }
      case Message.Announced announced -> {
        if (announced.agencies() != agencies) {
          throw entry.wrong(
              "a lottery of %d agencies, not of %d".formatted(announced.agencies(), agencies));
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

  private int requireExpected(JournalFile.Entry entry, int agency) throws DisagreementException {
    if (!lottery.expects(agency)) {
      throw entry.wrong("agency %d is not one of 1 to %d".formatted(agency, agencies));
    }
    return agency;
  }

  private void requireAccepted(JournalFile.Entry entry, int agency, Decision decision)
      throws DisagreementException {
    switch (decision) {
      case Decision.Accepted _ -> {
        lottery.endGroup();
        lottery.commit();
      }
      case Decision.Duplicate _ ->
          throw entry.wrong("agency %d: what is stored is there again".formatted(agency));
      case Decision.Rejected rejected ->
          throw entry.wrong("agency %d: %s".formatted(agency, rejected.reason()));
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

  /** How far the lottery has come. */
  State state() {
    if (drawn.isPresent()) {
      return State.DRAWN;
    }
    if (sealed.isPresent()) {
      return State.SEALED;
    }
    if (isComplete()) {
      return State.FINISHED;
    }
    boolean begun = states().stream().anyMatch(state -> !state.equals(AgencyState.NEW));
    return begun ? State.RECEIVING : State.NEW;
  }
}
