package loteria.checks.simulation.shared;

import java.util.Arrays;
import java.util.List;
import loteria.checks.simulation.Bet;
import loteria.checks.simulation.Found;
import loteria.checks.simulation.Truth;
import loteria.checks.simulation.Violation;
import loteria.journal.DataDirectory;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import org.jspecify.annotations.Nullable;

/**
 * Holds all centrals together to their promise, for each agency: acknowledged ⊆ found ⊆ sent, what
 * is found is a gap-free prefix of the agency's file, nothing is there twice; one beginning, one
 * seal of all the bets, one draw, and the winners of a naive count. For one thread.
 */
final class SharedJudge {
  private final SharedWorld world;
  private final Truth truth;
  private final long[] acknowledged;
  private final long[] sent;
  private final boolean[] finishAcknowledged;
  private final boolean[] closingAsked;
  private final boolean[] closingAcknowledged;
  private @Nullable Found found;
  private long foundAt;

  SharedJudge(SharedWorld world) {
    this.world = world;
    this.truth = world.truth;
    int agencies = truth.agencies() + 1;
    this.acknowledged = new long[agencies];
    this.sent = new long[agencies];
    this.finishAcknowledged = new boolean[agencies];
    this.closingAsked = new boolean[agencies];
    this.closingAcknowledged = new boolean[agencies];
  }

  /** What the brokers have now. */
  private Found now() {
    Found known = found;
    if (known == null || foundAt != world.brokers.commits()) {
      known = Found.inPartitions(world.brokers.bytes(), truth.agencies());
      found = known;
      foundAt = world.brokers.commits();
    }
    return known;
  }

  /** Something was committed. Of the draw there is little, and all of it is looked at. */
  void committed(int partition) {
    if (partition == world.brokers.draw()) {
      check();
    }
  }

  /** The draw has another owner. */
  void drawTaken() {
    Found known = now();
    if (known.drawn().isPresent()) {
      world.note(Happened.TAKEN_AFTER_DRAW);
    } else if (known.seal().isPresent()) {
      world.note(Happened.TAKEN_BETWEEN_SEAL_AND_DRAW);
    } else if (known.isComplete()) {
      world.note(Happened.TAKEN_BEFORE_SEAL);
    }
    check();
  }

  void sent(int agency, long end) {
    sent[agency] = Math.max(sent[agency], end);
  }

  /** An agency knows that so many of its bets are stored: then they are. */
  void acknowledged(int agency, long next) {
    if (next > acknowledged[agency]) {
      acknowledged[agency] = next;
      check(agency);
    }
  }

  void finishAcknowledged(int agency) {
    finishAcknowledged[agency] = true;
    check(agency);
  }

  void closingAsked(int agency) {
    closingAsked[agency] = true;
  }

  boolean isClosingAsked(int agency) {
    return closingAsked[agency];
  }

  /** An agency was told that it is closed. */
  void toldOfClosing(int agency) {
    Violation.unless(
        now().closed().containsKey(agency),
        "agency %d hears that it is closed, and is not",
        agency);
  }

  void closingAcknowledged(int agency, long bets) {
    closingAcknowledged[agency] = true;
    Violation.unless(
        bets == now().bets(agency).size(),
        "agency %d was closed with %d bets, and has %d",
        agency,
        bets,
        now().bets(agency).size());
    check(agency);
  }

  /** The operator was told that an agency has finished. */
  void closingRefused(int agency) {
    Violation.unless(
        now().hasFinished(agency), "agency %d is not closed, nor has it finished", agency);
  }

  void drawAcknowledged(Lottery.Drawn told) {
    Violation.unless(
        now()
            .drawn()
            .filter(drawn -> drawn.number() == told.number() && drawn.winners() == told.winners())
            .isPresent(),
        "an operator is told of %s, where the log has %s",
        told,
        now().drawn());
  }

  void sealTold(int agency, Seal told) {
    Violation.unless(
        now().seal().filter(told::equals).isPresent(),
        "agency %d is told of %s, where the log has %s",
        agency,
        told,
        now().seal());
  }

  void winnersTold(int agency, int number) {
    Violation.unless(number == Truth.NUMBER, "agency %d was told of %d", agency, number);
    Violation.unless(
        now().drawn().isPresent(), "agency %d is told winners before the draw was held", agency);
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

  private void check() {
    for (int agency = 1; agency <= truth.agencies(); agency++) {
      check(agency);
    }
    Found known = now();
    known
        .seal()
        .ifPresent(made ->
            Violation.unless(
                made.equals(truth.seal(known.closed())),
                "sealed as %s, which should be %s",
                made,
                truth.seal(known.closed())));
    known
        .drawn()
        .ifPresent(drawn ->
            Violation.unless(
                drawn.number() == Truth.NUMBER && drawn.winners() == truth.winners(known.closed()),
                "drawn as %s, but %d bets have won",
                drawn,
                truth.winners(known.closed())));
  }

  private void check(int agency) {
    Found known = now();
    List<Bet> file = truth.bets(agency);
    List<Bet> stored = known.bets(agency);
    Violation.unless(
        stored.size() <= file.size() && stored.equals(file.subList(0, stored.size())),
        "the %d bets found of agency %d are not the first ones of its %d",
        stored.size(),
        agency,
        file.size());
    Violation.unless(
        acknowledged[agency] <= stored.size() && stored.size() <= sent[agency],
        "of agency %d %d bets were sent, %d are found, %d were acknowledged",
        agency,
        sent[agency],
        stored.size(),
        acknowledged[agency]);
    Violation.unless(
        known.hasFinished(agency) || !finishAcknowledged[agency],
        "the finish of agency %d was acknowledged and is not found",
        agency);
    boolean closed = known.closed().containsKey(agency);
    Violation.unless(
        closed || !closingAcknowledged[agency],
        "that agency %d is closed was acknowledged and is not found",
        agency);
    Violation.unless(!closed || closingAsked[agency], "agency %d was closed by nobody", agency);
    Violation.unless(
        !known.hasFinished(agency) || stored.size() == file.size(),
        "agency %d has finished, and %d of its %d bets are found",
        agency,
        stored.size(),
        file.size());
  }

  /** All is over: every central has the same sealed file. */
  void ended() {
    check();
    Violation.unless(now().drawn().isPresent(), "the draw was not held");
    byte[] csv = truth.csv(now().closed());
    for (Node node : world.nodes) {
      Violation.unless(
          Arrays.equals(node.disk().bytes(DataDirectory.BETS), csv),
          "the sealed file of %s is not that of all the bets",
          node.address());
    }
  }
}
