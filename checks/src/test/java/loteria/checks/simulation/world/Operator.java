package loteria.checks.simulation.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.truth.Truth;
import loteria.client.upload.Outcome;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.server.operator.Drawing;
import loteria.server.operator.Request;

/**
 * Who starts programs, and starts them again when they have ended otherwise than they should; who
 * closes an agency now and then, though it comes, sooner or later than the closing; and who says
 * the number where the draw waits for it. When the troubles are over each agency must come to its
 * winners; then all is started once more, and must come to the same, at every central. For one
 * thread.
 */
public final class Operator {
  private enum Phase {
    TROUBLES,
    RECOVERY,
    ONCE_MORE,
    OVER
  }

  private static final ClosingReason REASON = new ClosingReason("no llegó");
  private static final long ASKS_AGAIN_AFTER = 2 * Agenda.SECOND;
  private static final long ANSWER_MAX = 60 * Agenda.SECOND;
  private static final long FAIR_MAX = 600 * Agenda.SECOND;

  private final World world;
  private final List<AgencyProgram> programs = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final Set<Integer> served = new HashSet<>();
  private Phase phase = Phase.TROUBLES;
  private int started;

  Operator(World world) {
    this.world = world;
  }

  public boolean isOver() {
    return phase == Phase.OVER;
  }

  /** The agencies' programs that run. */
  List<AgencyProgram> programs() {
    return programs;
  }

  public void begin() {
    world.nodes.forEach(node -> node.startLater(500 * Agenda.MILLISECOND));
    agencies()
        .forEach(agency -> {
          boolean late = world.chance.oneIn(6);
          startLater(agency, late ? 20 * Agenda.SECOND : 500 * Agenda.MILLISECOND);
        });
    if (world.operatorDraws) {
      world.soon(5 * Agenda.SECOND, this::draw);
    }
  }

  private IntStream agencies() {
    return IntStream.rangeClosed(1, world.truth.agencies());
  }

  // Agencies.

  private void startLater(int agency, long waitMax) {
    world.soon(waitMax, () -> start(agency));
  }

  /** Starts a program of an agency, whether there is one or not. */
  public void start(int agency) {
    started++;
    boolean meddles = phase == Phase.TROUBLES && world.chance.oneIn(3);
    int messages = meddles ? world.chance.between(1, 3) : 0;
    Meddler meddler = new Meddler(world, world.truth.bets(agency), messages);
    AgencyProgram program = new AgencyProgram(world, agency, started, meddler);
    world.transcript.note("%s starts", program);
    programs.add(program);
    program.connect();
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
    world.truth.file(agency).mend();
    if (outcome instanceof Outcome.Drawn) {
      served.add(agency);
      if (phase == Phase.TROUBLES && world.chance.oneIn(4)) {
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

  // What he asks of centrals.

  /** Ends the wait for an agency, or, where there is one central, for all that are missing. */
  void close() {
    close(
        world.nodes.size() == 1 && world.chance.oneIn(4)
            ? Closing.ofAllMissing(REASON)
            : Closing.of(world.chance.between(1, world.truth.agencies()), REASON));
  }

  private void close(Closing closing) {
    if (phase == Phase.TROUBLES) {
      agencies()
          .filter(agency -> closing.agency().orElse(agency) == agency)
          .forEach(world.judge()::closingAsked);
      ask(closing, answer -> closed(closing, answer), () -> close(closing));
      world.troubles().whileClosing();
    }
  }

  private boolean closed(Closing closing, Answer answer) {
    switch (answer) {
      case Answer.Closed done -> {
        done.closed().forEach(closed -> acknowledged(closed, Reached.AGENCY_CLOSED));
        done.earlier().forEach(closed -> acknowledged(closed, Reached.CLOSED_AGAIN));
      }
      case Answer.Drawn _ -> throw new Violation("a closing is answered with a draw");
      case Answer.Refused(String why) when isToBeAskedAgain(why) -> {
        return false;
      }
      case Answer.Refused _ -> {
        world.note(Reached.FINISHED_BEFORE_CLOSED);
        world.judge().closingRefused(closing.agency().orElseThrow());
      }
    }
    return true;
  }

  private void acknowledged(Message.Closed closed, Reached place) {
    world.note(place);
    world.judge().closingAcknowledged(closed.agency(), closed.bets());
  }

  private void draw() {
    ask(new Drawing(Truth.NUMBER), this::drawn, this::draw);
  }

  private boolean drawn(Answer answer) {
    return switch (answer) {
      case Answer.Drawn drawn -> {
        world.note(Reached.DRAWN_BY_AN_OPERATOR);
        world.judge().drawAcknowledged(drawn.draw());
        yield true;
      }
      case Answer.Closed _ -> throw new Violation("a draw is answered with a closing");
      case Answer.Refused(String why) -> {
        Violation.unless(
            isToBeAskedAgain(why) || why.startsWith("the bets are "), "not drawn: %s", why);
        yield false;
      }
    };
  }

  private boolean isToBeAskedAgain(String why) {
    return why.equals("the central is going down")
        || why.startsWith("ask the central that has ")
        || (isOfNoRoom(why) && world.tally.has(Fault.DISK_FULL));
  }

  private static boolean isOfNoRoom(String why) {
    return why.equals("no room left") || why.startsWith("there is no room to seal the bets");
  }

  private interface Heard {
    /** Whether that was the answer. */
    boolean hear(Answer answer);
  }

  /** What a central was asked, and whether it has answered, and so that the operator knows. */
  private static final class Asked {
    private final Program program;
    private boolean answered;
    private boolean understood;

    Asked(Program program) {
      this.program = program;
    }

    boolean isOpen() {
      return !answered && program.isAlive();
    }
  }

  /**
   * Asks a central; again, if there is no answer, or none that says what became of it, or because
   * he forgets.
   */
  private void ask(Request request, Heard heard, Runnable again) {
    List<Program> centrals = world.programs();
    if (centrals.isEmpty()) {
      world.soon(ASKS_AGAIN_AFTER, again);
      return;
    }
    Asked ask = new Asked(world.chance.of(centrals));
    asked.add(ask);
    world.transcript.note("the operator asks %s: %s", ask.program, request);
    ask.program.ask(
        request,
        answer -> {
          world.transcript.note("the operator hears %s", answer);
          Violation.unless(ask.isOpen(), "%s has ended, or answers twice", ask.program);
          ask.answered = true;
          ask.understood = heard.hear(answer);
        });
    world.agenda.in(
        ANSWER_MAX,
        () ->
            Violation.unless(
                !ask.isOpen(),
                "%s does not answer the operator who asks: %s",
                ask.program,
                request));
    world.soon(
        ASKS_AGAIN_AFTER,
        () -> {
          if (!ask.understood || world.chance.oneIn(4)) {
            again.run();
          }
        });
  }

  // From the troubles to the end.

  /** Nothing bad happens any more. */
  void troublesEnd() {
    world.transcript.note("the troubles are over");
    phase = Phase.RECOVERY;
    programs.forEach(program -> program.meddler().stop());
    agencies().forEach(agency -> world.truth.file(agency).mend());
    world.agenda.in(
        FAIR_MAX,
        () -> {
          throw new Violation(
              "in fair weather, agencies still wait: only %s are served".formatted(served));
        });
    if (world.judge().rots() > 0) {
      serveAgain(); // an agency that was served may have to bring again what the disk has lost
    }
    goOn();
  }

  private void serveAgain() {
    served.clear();
    agencies().filter(agency -> !runs(agency)).forEach(agency -> startLater(agency, Agenda.SECOND));
    if (world.operatorDraws) {
      draw();
    }
  }

  private void goOn() {
    if (served.size() < world.truth.agencies()) {
      return;
    }
    if (phase == Phase.RECOVERY) {
      phase = Phase.ONCE_MORE;
      world.transcript.note("all is started once more");
      boolean inOrder = world.chance.oneIn(2);
      for (Program central : world.programs()) {
        if (inOrder) {
          central.terminate();
        } else {
          central.die(world.chance.oneIn(2));
        }
      }
      serveAgain();
    } else if (phase == Phase.ONCE_MORE) {
      awaitCentrals();
    }
  }

  /** Every central comes to the same, and has answered what it was asked. */
  private void awaitCentrals() {
    if (asked.stream().noneMatch(Asked::isOpen)
        && world.nodes.stream()
            .allMatch(node -> node.program().filter(Program::hasDrawn).isPresent())) {
      phase = Phase.OVER;
    } else {
      world.agenda.in(Agenda.SECOND, this::awaitCentrals);
    }
  }
}
