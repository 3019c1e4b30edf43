package loteria.checks.simulation;

import java.util.Arrays;
import java.util.List;
import loteria.lottery.Seal;

/**
 * Holds the system to its promise, for each agency: acknowledged ⊆ found ⊆ sent, what is found is a
 * gap-free prefix of the agency's file, nothing is there twice, after Finish found is all of it;
 * who was closed stays so, and nobody else is; one seal that names them, and the winners of a naive
 * count. For one thread.
 */
final class Judge {
  private final World world;
  private final Truth truth;
  private final long[] acknowledged;
  private final long[] sent;
  private final boolean[] finishAcknowledged;
  private final boolean[] closingAsked;
  private final boolean[] closingAcknowledged;
  private boolean sealSeen;
  private int rots;
  private boolean rotPending;

  Judge(World world, Truth truth) {
    this.world = world;
    this.truth = truth;
    this.acknowledged = new long[truth.agencies() + 1];
    this.sent = new long[truth.agencies() + 1];
    this.finishAcknowledged = new boolean[truth.agencies() + 1];
    this.closingAsked = new boolean[truth.agencies() + 1];
    this.closingAcknowledged = new boolean[truth.agencies() + 1];
  }

  /** An agency has sent its bets up to here, perhaps in vain. */
  void sent(int agency, long end) {
    sent[agency] = Math.max(sent[agency], end);
  }

  /** An agency knows that so many of its bets are stored. */
  void acknowledged(int agency, long next) {
    acknowledged[agency] = Math.max(acknowledged[agency], next);
  }

  /** An agency knows that its finish is stored. */
  void finishAcknowledged(int agency) {
    finishAcknowledged[agency] = true;
  }

  /** An operator asks that an agency be closed. */
  void closingAsked(int agency) {
    closingAsked[agency] = true;
  }

  /** Whether an agency may hear that an operator has closed it. */
  boolean isClosingAsked(int agency) {
    return closingAsked[agency];
  }

  /** The operator knows that an agency is closed, with so many bets. */
  void closingAcknowledged(int agency, long bets) {
    closingAcknowledged[agency] = true;
    Violation.unless(
        bets == now().bets(agency).size(),
        "agency %d was closed with %d bets, and has %d",
        agency,
        bets,
        now().bets(agency).size());
    check(agency, now());
  }

  /** The operator was told that an agency has finished. */
  void closingRefused(int agency) {
    Violation.unless(
        now().hasFinished(agency), "agency %d is not closed, nor has it finished", agency);
  }

  /** Whether an agency is closed now. */
  boolean isClosed(int agency) {
    return now().closed().containsKey(agency);
  }

  /** How many of its bets an agency knows to be stored. */
  long acknowledged(int agency) {
    return acknowledged[agency];
  }

  /** A bit of the disk has turned over: until the next start, bets may be missing. */
  void rotted() {
    rots++;
    rotPending = true;
  }

  /** How often bits have turned over: what was acknowledged before the last time may be gone. */
  int rots() {
    return rots;
  }

  /** The bit was turned back. */
  void rotMended() {
    rotPending = false;
  }

  /** Whether bits of the disk have ever turned over, so that agencies may find bets lost. */
  boolean isRotten() {
    return rots > 0;
  }

  /** The central has started: its journal is valid to its end, and holds what was promised. */
  void started() {
    byte[] journal = world.disk().bytes(CentralSide.JOURNAL);
    Found found = Found.in(journal, truth.agencies());
    Violation.unless(
        found.validBytes() == journal.length,
        "of the journal's %d bytes only %d are valid after a start",
        journal.length,
        found.validBytes());
    check(found);
    rotPending = false;
  }

  private void check(Found found) {
    for (int agency = 1; agency <= truth.agencies(); agency++) {
      check(agency, found);
    }
    Violation.unless(
        found.seal().isPresent() || !sealSeen || rotPending, "the seal that was made is gone");
    sealSeen = found.seal().isPresent();
    found
        .seal()
        .ifPresent(made ->
            Violation.unless(
                made.equals(truth.seal(found.closed())),
                "sealed as %s, which should be %s",
                made,
                truth.seal(found.closed())));
    found
        .drawn()
        .ifPresent(drawn ->
            Violation.unless(
                drawn.number() == Truth.NUMBER && drawn.winners() == truth.winners(found.closed()),
                "drawn as %s, but %d bets have won",
                drawn,
                truth.winners(found.closed())));
  }

  private void check(int agency, Found found) {
    List<Bet> file = truth.bets(agency);
    List<Bet> stored = found.bets(agency);
    Violation.unless(
        stored.size() <= file.size() && stored.equals(file.subList(0, stored.size())),
        "the %d bets found of agency %d are not the first ones of its %d",
        stored.size(),
        agency,
        file.size());
    Violation.unless(
        stored.size() <= sent[agency],
        "%d bets of agency %d are found, %d were sent",
        stored.size(),
        agency,
        sent[agency]);
    if (rotPending) {
      forgive(agency, found);
    }
    Violation.unless(
        stored.size() >= acknowledged[agency],
        "%d bets of agency %d are found, %d were acknowledged",
        stored.size(),
        agency,
        acknowledged[agency]);
    Violation.unless(
        found.hasFinished(agency) || !finishAcknowledged[agency],
        "the finish of agency %d was acknowledged and is not found",
        agency);
    boolean closed = found.closed().containsKey(agency);
    Violation.unless(
        closed || !closingAcknowledged[agency],
        "that agency %d is closed was acknowledged and is not found",
        agency);
    Violation.unless(!closed || closingAsked[agency], "agency %d was closed by nobody", agency);
    Violation.unless(
        !found.hasFinished(agency) || stored.size() == file.size(),
        "agency %d has finished, and %d of its %d bets are found",
        agency,
        stored.size(),
        file.size());
  }

  /** The disk has lost what was there: the agencies are to find out, and do. */
  private void forgive(int agency, Found found) {
    boolean finishLost = finishAcknowledged[agency] && !found.hasFinished(agency);
    boolean closingLost = closingAcknowledged[agency] && !found.closed().containsKey(agency);
    if (acknowledged[agency] > found.bets(agency).size() || finishLost || closingLost) {
      world.note(Reached.ROT_TAKEN_FOR_TORN);
    }
    acknowledged[agency] = Math.min(acknowledged[agency], found.bets(agency).size());
    finishAcknowledged[agency] &= found.hasFinished(agency);
    closingAcknowledged[agency] &= found.closed().containsKey(agency);
  }

  /** An agency was told of the seal. */
  void sealTold(int agency, Seal told) {
    Violation.unless(
        now().seal().filter(told::equals).isPresent(),
        "agency %d is told of %s, where the journal has %s",
        agency,
        told,
        now().seal());
  }

  /** An agency was told a page of its winners. */
  void winnersTold(int agency, int number) {
    Violation.unless(number == Truth.NUMBER, "agency %d was told of %d", agency, number);
    Found found = now();
    Violation.unless(
        rotPending || (found.isComplete() && found.drawn().isPresent()),
        "agency %d is told winners before every agency had finished and the draw was held",
        agency);
  }

  /** An agency was told all of its winners. */
  void drawn(int agency, List<String> documents) {
    Violation.unless(
        documents.equals(truth.winners(agency)),
        "agency %d was told the winners %s, which should be %s",
        agency,
        documents,
        truth.winners(agency));
  }

  /** All is over. */
  void ended() {
    Found found = now();
    check(found);
    Violation.unless(found.drawn().isPresent(), "the draw was not held");
    for (int agency = 1; agency <= truth.agencies(); agency++) {
      Violation.unless(
          found.hasFinished(agency) || found.closed().containsKey(agency),
          "agency %d has neither finished nor was it closed",
          agency);
    }
    Violation.unless(
        Arrays.equals(world.disk().bytes(CentralSide.SEALED), truth.csv(found.closed())),
        "the sealed file is not that of all the bets");
  }

  private Found now() {
    return Found.in(world.disk().bytes(CentralSide.JOURNAL), truth.agencies());
  }
}
