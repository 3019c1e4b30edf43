package loteria.checks.simulation.shared;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Truth;
import loteria.checks.simulation.Violation;
import loteria.lottery.Reason;
import loteria.protocol.Message;
import loteria.server.ledger.Answer;
import loteria.server.ledger.Closing;
import loteria.server.ledger.Drawing;
import loteria.server.ledger.Request;

/**
 * Who runs the agencies' programs, closes an agency now and then, and says the number where the
 * draw waits for it. When the troubles are over each agency must come to its winners; then all is
 * started once more, and must come to the same, at every central. For one thread.
 */
final class People {
  private enum Phase {
    TROUBLES,
    RECOVERY,
    ONCE_MORE,
    OVER
  }

  private static final Reason REASON = new Reason("no llegó");
  private static final long ASKS_AGAIN_AFTER = 2 * Agenda.SECOND;
  private static final long ANSWER_MAX = 60 * Agenda.SECOND;
  private static final long FAIR_MAX = 600 * Agenda.SECOND;

  private final SharedWorld world;
  private final List<AgencyRun> runs = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();
  private final Set<Integer> served = new HashSet<>();
  private Phase phase = Phase.TROUBLES;

  People(SharedWorld world) {
    this.world = world;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  List<AgencyRun> runs() {
    return runs;
  }

  void begin() {
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

  private void startLater(int agency, long waitMax) {
    world.soon(
        waitMax,
        () -> {
          AgencyRun run = new AgencyRun(world, agency);
          runs.add(run);
          run.connect();
        });
  }

  /** A program is killed, and started again. */
  void kill(AgencyRun run) {
    run.die();
    runs.remove(run);
    startLater(run.agency(), 3 * Agenda.SECOND);
  }

  /** An agency has come to its end. */
  void served(AgencyRun run) {
    runs.remove(run);
    served.add(run.agency());
    goOn();
  }

  // Operators.

  /** Ends the wait for an agency, at whatever central has it. */
  void close() {
    close(Closing.of(world.chance.between(1, world.truth.agencies()), REASON));
  }

  private void close(Closing closing) {
    if (phase == Phase.TROUBLES) {
      int agency = closing.agency().orElseThrow();
      world.judge.closingAsked(agency);
      ask(closing, answer -> closed(agency, answer), () -> close(closing));
    }
  }

  private boolean closed(int agency, Answer answer) {
    switch (answer) {
      case Answer.Closed done -> {
        for (Message.Closed one : done.closed()) {
          world.note(Happened.AGENCY_CLOSED);
          world.judge.closingAcknowledged(one.agency(), one.bets());
        }
        done.earlier().forEach(one -> world.judge.closingAcknowledged(one.agency(), one.bets()));
      }
      case Answer.Drawn _ -> throw new Violation("a closing is answered with a draw");
      case Answer.Refused(String why) when isToBeAskedAgain(why) -> {
        return false;
      }
      case Answer.Refused _ -> world.judge.closingRefused(agency);
    }
    return true;
  }

  private void draw() {
    ask(new Drawing(Truth.NUMBER), this::drawn, this::draw);
  }

  private boolean drawn(Answer answer) {
    return switch (answer) {
      case Answer.Drawn drawn -> {
        world.note(Happened.DRAWN_BY_AN_OPERATOR);
        world.judge.drawAcknowledged(drawn.draw());
        yield world.chance.oneIn(2); // or else he says it again, for he forgets
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
    return why.startsWith("ask the central that has ")
        || (why.equals("no room left") && world.tally.count(Happened.DISK_FULL) > 0);
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

  /** Asks a central; again, if there is no answer, or none that says what became of it. */
  private void ask(Request request, Heard heard, Runnable again) {
    List<Program> programs = world.programs();
    if (programs.isEmpty()) {
      world.soon(ASKS_AGAIN_AFTER, again);
      return;
    }
    Asked ask = new Asked(world.chance.of(programs));
    asked.add(ask);
    world.transcript.note("an operator asks %s: %s", ask.program, request);
    ask.program.ask(
        request,
        answer -> {
          world.transcript.note("an operator hears %s", answer);
          Violation.unless(ask.isOpen(), "%s has ended, or answers twice", ask.program);
          ask.answered = true;
          ask.understood = heard.hear(answer);
        });
    world.agenda.in(
        ANSWER_MAX,
        () ->
            Violation.unless(
                !ask.isOpen(),
                "%s does not answer an operator who asks: %s",
                ask.program,
                request));
    world.soon(
        ASKS_AGAIN_AFTER,
        () -> {
          if (!ask.understood) {
            again.run();
          }
        });
  }

  // From the troubles to the end.

  void troublesEnd() {
    world.transcript.note("the troubles are over");
    phase = Phase.RECOVERY;
    world.agenda.in(
        FAIR_MAX,
        () -> {
          throw new Violation(
              "in fair weather, agencies still wait: only %s are served".formatted(served));
        });
    goOn();
  }

  private void goOn() {
    if (served.size() < world.truth.agencies()) {
      return;
    }
    if (phase == Phase.RECOVERY) {
      phase = Phase.ONCE_MORE;
      world.transcript.note("all is started once more");
      boolean inOrder = world.chance.oneIn(2);
      for (Program program : world.programs()) {
        if (inOrder) {
          program.terminate();
        } else {
          program.die(world.chance.oneIn(2));
        }
      }
      served.clear();
      if (world.operatorDraws) {
        draw();
      }
      agencies().forEach(agency -> startLater(agency, Agenda.SECOND));
    } else if (phase == Phase.ONCE_MORE) {
      awaitCentrals();
    }
  }

  /** Every central comes to the same, and has answered whoever has asked. */
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
