package loteria.tool;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;
import loteria.lottery.Standing;
import loteria.lottery.Verdict;
import loteria.protocol.Message;
import loteria.server.LedgerState;

/**
 * A lottery as its journal tells it: takes the records in their order and refuses the first that no
 * central can have put there. Every batch continues its agency's bets without a gap, every finish
 * states their count and checksum, an agency is closed with as many bets as it has, the seal comes
 * when all have finished or were closed and states how many bets there are and who was closed, and
 * nothing comes after it but one draw.
 *
 * <p>A few numbers an agency in memory, whatever the number of bets. For one thread.
 */
final class Replay {
  private final Lottery lottery;
  private final OptionalInt expected;
  private int highest;
  private Optional<Placed<Message.Sealed>> sealed = Optional.empty();
  private Optional<Placed<Message.Drawn>> drawn = Optional.empty();

  /**
   * @param expected how many agencies the lottery has, where that is known; otherwise those are
   *     taken for all that are seen, and those numbered below them
   */
  Replay(OptionalInt expected) {
    this.expected = expected;
    this.lottery = new Lottery(expected.orElse(Lottery.AGENCIES_MAX));
  }

  /** What the central put into the journal of its own, and the record in which it did. */
  record Placed<E extends Message.Entry>(E entry, JournalRecord record) {}

  /**
   * Takes the next record.
   *
   * @throws DisagreementException if it may not stand there
   */
  void take(JournalRecord record) throws DisagreementException {
    switch (record.entry()) {
      case Message.Batch batch -> {
        requireOpen(record, "a batch of agency " + batch.agency());
        requireExpected(record, batch.agency());
        requireAccepted(record, batch.agency(), lottery.store(LedgerState.offer(batch)));
      }
      case Message.Finish finish -> {
        requireOpen(record, "the finish of agency " + finish.agency());
        requireExpected(record, finish.agency());
        requireAccepted(
            record,
            finish.agency(),
            lottery.finish(finish.agency(), finish.total(), finish.checksum()));
      }
      case Message.Closed closed -> take(record, closed);
      case Message.Sealed seal -> take(record, seal);
      case Message.Drawn draw -> take(record, draw);
    }
  }

  private void take(JournalRecord record, Message.Closed closed) throws DisagreementException {
    int agency = closed.agency();
    requireOpen(record, "the closing of agency " + agency);
    requireExpected(record, agency);
    requireAccepted(record, agency, lottery.close(agency, closed.reason()));
    long stored = lottery.standing(agency).next();
    if (closed.bets() != stored) {
      throw record.wrong(
          "agency %d: closed with %d bets, where %d are stored"
              .formatted(agency, closed.bets(), stored));
    }
  }

  private void take(JournalRecord record, Message.Sealed seal) throws DisagreementException {
    requireOpen(record, "a seal");
    if (!isComplete()) {
      throw record.wrong("a seal before agency %d has finished".formatted(firstMissing()));
    }
    List<Integer> named = seal.seal().closed();
    List<Integer> closed = List.copyOf(lottery.closed().keySet());
    if (!named.equals(closed)) {
      throw record.wrong(
          "a seal that names the agencies %s as closed, where %s were".formatted(named, closed));
    }
    if (seal.seal().bets() != bets()) {
      throw record.wrong(
          "a seal of %d bets, where %d are stored".formatted(seal.seal().bets(), bets()));
    }
    sealed = Optional.of(new Placed<>(seal, record));
  }

  private void take(JournalRecord record, Message.Drawn draw) throws DisagreementException {
    if (sealed.isEmpty()) {
      throw record.wrong("a draw before the seal");
    }
    if (drawn.isPresent()) {
      throw record.wrong("a second draw");
    }
    drawn = Optional.of(new Placed<>(draw, record));
  }

  private void requireOpen(JournalRecord record, String what) throws DisagreementException {
    if (sealed.isPresent()) {
      throw record.wrong(what + " after the seal");
    }
  }

  private void requireExpected(JournalRecord record, int agency) throws DisagreementException {
    if (!lottery.expects(agency)) {
      throw record.wrong("agency %d is not one of 1 to %d".formatted(agency, lottery.agencies()));
    }
  }

  private void requireAccepted(JournalRecord record, int agency, Verdict verdict)
      throws DisagreementException {
    switch (verdict) {
      case Verdict.Accepted _ -> {
        lottery.commit();
        highest = Math.max(highest, agency);
      }
      case Verdict.Repeated _ ->
          throw record.wrong("agency %d: what is stored is there again".formatted(agency));
      case Verdict.Refused refused ->
          throw record.wrong("agency %d: %s".formatted(agency, refused.reason()));
    }
  }

  /** How many agencies the lottery has: those numbered from 1 to that. */
  int agencies() {
    return expected.orElse(highest);
  }

  /**
   * Whether that number was told, or follows from the seal, before which all must have finished or
   * been closed.
   */
  boolean knowsAgencies() {
    return expected.isPresent() || sealed.isPresent();
  }

  /** How each agency stands, in order of agency. */
  List<Standing> standings() {
    return lottery.standings().subList(0, agencies());
  }

  /** How many agencies have finished. */
  long finished() {
    return standings().stream().filter(Standing::finished).count();
  }

  /** The agencies that were closed, each with the reason. */
  NavigableMap<Integer, Reason> closed() {
    return lottery.closed();
  }

  /** Whether there is an agency, and all have finished or were closed. */
  boolean isComplete() {
    return agencies() > 0 && finished() + closed().size() == agencies();
  }

  private int firstMissing() {
    return lottery.missing().getFirst();
  }

  /** How many bets are stored, of all agencies. */
  long bets() {
    return lottery.bets();
  }

  /** The seal, if the journal has it. */
  Optional<Placed<Message.Sealed>> sealed() {
    return sealed;
  }

  /** The draw, if the journal has it. */
  Optional<Placed<Message.Drawn>> drawn() {
    return drawn;
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
    return highest == 0 ? State.NEW : State.RECEIVING;
  }

  /** How far a lottery has come. */
  enum State {
    NEW,
    RECEIVING,
    FINISHED,
    SEALED,
    DRAWN
  }
}
