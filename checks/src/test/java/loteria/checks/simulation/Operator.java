package loteria.checks.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import loteria.client.Outcome;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.ledger.Answer;
import loteria.server.ledger.Closing;
import loteria.server.ledger.Request;

/**
 * Who starts programs, and starts them again when they have ended otherwise than they should; and
 * who closes an agency now and then, though it comes, sooner or later than the closing. When the
 * troubles are over each agency must come to its winners; then all is started once more, and must
 * come to the same. For one thread.
 */
final class Operator {
  private enum Phase {
    TROUBLES,
    RECOVERY,
    ONCE_MORE,
    OVER
  }

  private static final Reason REASON = new Reason("no llegó");
  private static final String NO_ROOM = "no room left";
  private static final String GOING_DOWN = "the central is going down";
  private static final long ASKS_AGAIN_AFTER = 2 * Agenda.SECOND;

  private final World world;
  private final List<AgencyProgram> programs = new ArrayList<>();
  private final Set<Integer> served = new HashSet<>();
  private Phase phase = Phase.TROUBLES;
  private int started;

  Operator(World world) {
    this.world = world;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  /** The programs that run. */
  List<AgencyProgram> programs() {
    return programs;
  }

  void begin() {
    world.central().start();
    for (int agency = 1; agency <= world.truth().agencies(); agency++) {
      boolean late = world.chance().oneIn(6);
      startLater(agency, late ? 20 * Agenda.SECOND : 300 * Agenda.MILLISECOND);
    }
  }

  private void startLater(int agency, long waitMax) {
    world.agenda().in(world.chance().between(1L, waitMax), () -> start(agency));
  }

  /** Starts a program of an agency, whether there is one or not. */
  void start(int agency) {
    started++;
    boolean meddles = phase == Phase.TROUBLES && world.chance().oneIn(3);
    int messages = meddles ? world.chance().between(1, 3) : 0;
    Meddler meddler = new Meddler(world, world.truth().bets(agency), messages);
    AgencyProgram program = new AgencyProgram(world, agency, started, meddler);
    world.transcript().note("%s starts", program);
    programs.add(program);
    program.connect();
  }

  /** Ends the wait for an agency, or for all that are missing. */
  void close() {
    Closing closing =
        world.chance().oneIn(4)
            ? Closing.ofAllMissing(REASON)
            : Closing.of(world.chance().between(1, world.truth().agencies()), REASON);
    ask(closing);
  }

  /** Asks until there is an answer: who was told nothing does not know what became of it. */
  private void ask(Closing closing) {
    if (phase != Phase.TROUBLES) {
      return;
    }
    boolean[] answered = {false};
    if (world.central().isUp()) {
      world.transcript().note("the operator asks: %s", closing);
      IntStream.rangeClosed(1, world.truth().agencies())
          .filter(agency -> closing.agency().orElse(agency) == agency)
          .forEach(world.judge()::closingAsked);
      Request.Operator operator =
          answer -> {
            answered[0] = !answer.equals(new Answer.Refused(GOING_DOWN));
            if (answered[0]) {
              told(closing, answer);
            }
          };
      world.central().ask(closing, operator);
      world.troubles().whileClosing();
    }
    world
        .agenda()
        .in(
            ASKS_AGAIN_AFTER,
            () -> {
              if (!answered[0] || world.chance().oneIn(4)) {
                ask(closing);
              }
            });
  }

  private void told(Closing closing, Answer answer) {
    world.transcript().note("the operator hears %s", answer);
    switch (answer) {
      case Answer.Closed done -> {
        done.closed().forEach(closed -> acknowledged(closed, Reached.AGENCY_CLOSED));
        done.earlier().forEach(closed -> acknowledged(closed, Reached.CLOSED_AGAIN));
      }
      case Answer.Drawn _ -> throw new Violation("a closing is answered with a draw");
      case Answer.Refused(String why) when why.equals(NO_ROOM) ->
          Violation.unless(
              world.tally().count(Fault.DISK_FULL) > 0, "the operator is refused: %s", why);
      case Answer.Refused _ -> {
        world.note(Reached.FINISHED_BEFORE_CLOSED);
        world.judge().closingRefused(closing.agency().orElseThrow());
      }
    }
  }

  private void acknowledged(Message.Closed closed, Reached place) {
    world.note(place);
    world.judge().closingAcknowledged(closed.agency(), closed.bets());
  }

  /** A program is gone without having come to its end. */
  void died(AgencyProgram program) {
    programs.remove(program);
    if (!runs(program.agency())) {
      startLater(program.agency(), 3 * Agenda.SECOND);
    }
  }

  /** A program has come to its end. */
  void ended(AgencyProgram program, Outcome outcome) {
    programs.remove(program);
    int agency = program.agency();
    world.truth().file(agency).mend();
    if (outcome instanceof Outcome.Drawn) {
      served.add(agency);
      if (phase == Phase.TROUBLES && world.chance().oneIn(4)) {
        world.note(Reached.WINNERS_AGAIN);
        startLater(agency, 5 * Agenda.SECOND);
      }
    } else if (isOfAClosedAgency(outcome) && world.judge().isClosed(agency)) {
      served.add(agency);
    } else if (!runs(agency)) {
      startLater(agency, Agenda.SECOND);
    }
    goOn();
  }

  private static boolean isOfAClosedAgency(Outcome outcome) {
    return outcome instanceof Outcome.Refused(Message.Refused refused)
        && refused.refusal() == Refusal.CLOSED;
  }

  private boolean runs(int agency) {
    return programs.stream().anyMatch(program -> program.agency() == agency);
  }

  /** Nothing bad happens any more. */
  void troublesEnd() {
    world.transcript().note("the troubles are over");
    phase = Phase.RECOVERY;
    programs.forEach(program -> program.meddler().stop());
    for (int agency = 1; agency <= world.truth().agencies(); agency++) {
      world.truth().file(agency).mend();
    }
    if (world.judge().isRotten()) {
      serveAgain(); // an agency that was served may have to bring again what the disk has lost
    }
    goOn();
  }

  private void serveAgain() {
    served.clear();
    for (int agency = 1; agency <= world.truth().agencies(); agency++) {
      if (!runs(agency)) {
        startLater(agency, Agenda.SECOND);
      }
    }
  }

  private void goOn() {
    if (served.size() < world.truth().agencies()) {
      return;
    }
    if (phase == Phase.RECOVERY) {
      phase = Phase.ONCE_MORE;
      world.central().die(world.chance().oneIn(2));
      serveAgain();
    } else if (phase == Phase.ONCE_MORE) {
      phase = Phase.OVER;
    }
  }
}
