package loteria.checks.simulation.world;

import java.util.Arrays;
import java.util.List;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.truth.Bet;
import loteria.checks.simulation.truth.Found;
import loteria.checks.simulation.truth.Truth;
import loteria.journal.DataDirectory;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;

/**
 * What was promised to agencies and operators, and whether it is held, for each agency:
 * acknowledged ⊆ found ⊆ sent, what is found is a gap-free prefix of the agency's file, nothing is
 * there twice, after Finish found is all of it; who was closed stays so, and nobody else is; one
 * seal that names them, and the winners of a naive count. For one thread.
 */
public abstract class Judge {
  private final World world;
  private final Truth truth;
  private final long[] acknowledged;
  private final long[] sent;
  private final boolean[] finishAcknowledged;
  private final boolean[] closingAsked;
  private final boolean[] closingAcknowledged;

  protected Judge(World world) {
    this.world = world;
    this.truth = world.truth;
    int agencies = truth.agencies() + 1;
    this.acknowledged = new long[agencies];
    this.sent = new long[agencies];
    this.finishAcknowledged = new boolean[agencies];
    this.closingAsked = new boolean[agencies];
    this.closingAcknowledged = new boolean[agencies];
  }

  /** What is durable now. */
  protected abstract Found now();

  /** An agency has sent its bets up to here, perhaps in vain. */
  final void sent(int agency, long end) {
    sent[agency] = Math.max(sent[agency], end);
  }

  /** An agency knows that so many of its bets are stored. */
  final void acknowledged(int agency, long next) {
    if (next > acknowledged[agency]) {
      acknowledged[agency] = next;
      noted(agency);
    }
  }

  /** An agency knows that its finish is stored. */
  final void finishAcknowledged(int agency) {
    finishAcknowledged[agency] = true;
    noted(agency);
  }

  /** More was acknowledged to an agency. */
  protected void noted(int agency) {}

  /** An operator asks that an agency be closed. */
  final void closingAsked(int agency) {
    closingAsked[agency] = true;
  }

  /** Whether an agency is closed now. */
  final boolean isClosed(int agency) {
    return now().closed().containsKey(agency);
  }

  /** Whether an agency may hear that an operator has closed it. */
  final boolean mayHearOfClosing(int agency) {
    return isClosed(agency) || (rots() > 0 && closingAsked[agency]);
  }

  /** The operator knows that an agency is closed, with so many bets. */
  final void closingAcknowledged(int agency, long bets) {
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
  final void closingRefused(int agency) {
    Violation.unless(
        now().hasFinished(agency), "agency %d is not closed, nor has it finished", agency);
  }

  /** How many of its bets an agency knows to be stored. */
  public final long acknowledged(int agency) {
    return acknowledged[agency];
  }

  /** An agency was told of the seal. */
  final void sealTold(int agency, Seal told) {
    Violation.unless(
        now().seal().filter(told::equals).isPresent(),
        "agency %d is told of %s, where the journal has %s",
        agency,
        told,
        now().seal());
  }

  /** An operator was told of the draw. */
  final void drawAcknowledged(Lottery.Drawn told) {
    Violation.unless(
        now()
            .drawn()
            .filter(drawn -> drawn.number() == told.number() && drawn.winners() == told.winners())
            .isPresent(),
        "an operator is told of %s, where the journal has %s",
        told,
        now().drawn());
  }

  /** An agency was told a page of its winners. */
  final void winnersTold(int agency, int number) {
    Violation.unless(number == Truth.NUMBER, "agency %d was told of %d", agency, number);
    Violation.unless(
        mayForget() || now().drawn().isPresent(),
        "agency %d is told winners before the draw was held",
        agency);
  }

  /** An agency was told all of its winners. */
  final void drawn(int agency, List<String> documents) {
    Violation.unless(
        documents.equals(truth.winners(agency)),
        "agency %d was told the winners %s, which should be %s",
        agency,
        documents,
        truth.winners(agency));
  }

  /** All is over: every central has the same sealed file. */
  public final void ended() {
    Found found = now();
    check(found);
    Violation.unless(found.drawn().isPresent(), "the draw was not held");
    for (Node node : world.nodes) {
      Violation.unless(
          Arrays.equals(node.disk().bytes(DataDirectory.BETS), truth.csv(found.closed())),
          "the sealed file of %s is not that of all the bets",
          node.address());
    }
  }

  /** Holds all that is found to all that was promised. */
  protected void check(Found found) {
    for (int agency = 1; agency <= truth.agencies(); agency++) {
      check(agency, found);
    }
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

  /** The same, of one agency. */
  protected final void check(int agency, Found found) {
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
    if (mayForget()) {
      forget(agency, found);
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

  /** How often bits have turned over: what was acknowledged before the last time may be gone. */
  protected int rots() {
    return 0;
  }

  /** Whether what was acknowledged may be gone: never, if the disk is honest. */
  protected boolean mayForget() {
    return false;
  }

  /** What was acknowledged, and is not found. */
  protected void forgotten() {}

  /** The disk has lost what was there: the agencies are to find out, and do. */
  private void forget(int agency, Found found) {
    boolean finishLost = finishAcknowledged[agency] && !found.hasFinished(agency);
    boolean closingLost = closingAcknowledged[agency] && !found.closed().containsKey(agency);
    if (acknowledged[agency] > found.bets(agency).size() || finishLost || closingLost) {
      forgotten();
    }
    acknowledged[agency] = Math.min(acknowledged[agency], found.bets(agency).size());
    finishAcknowledged[agency] &= found.hasFinished(agency);
    closingAcknowledged[agency] &= found.closed().containsKey(agency);
  }
}
