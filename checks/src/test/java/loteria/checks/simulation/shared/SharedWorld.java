package loteria.checks.simulation.shared;

import java.util.ArrayList;
import java.util.List;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Chance;
import loteria.checks.simulation.Transcript;
import loteria.checks.simulation.Truth;

/** All that a run is made of. For one thread. */
final class SharedWorld {
  private static final List<Long> LATENCIES =
      List.of(2 * Agenda.MILLISECOND, 20 * Agenda.MILLISECOND, 300 * Agenda.MILLISECOND);
  private static final List<Long> LAGS =
      List.of(5 * Agenda.MILLISECOND, 200 * Agenda.MILLISECOND, 3 * Agenda.SECOND);

  final Chance chance;
  final Agenda agenda = new Agenda();
  final SharedTally tally = new SharedTally();
  final Transcript transcript;
  final Truth truth;
  final Brokers brokers;
  final Group group;
  final List<Node> nodes = new ArrayList<>();
  final SharedJudge judge;
  final People people;
  final SharedTroubles troubles;

  /** Whether an operator says the number, or the centrals have it. */
  final boolean operatorDraws;

  private long latencyMax;
  private long lagMax;
  private boolean fair;

  SharedWorld(long seed, int transcriptLinesMax) {
    chance = new Chance(seed);
    transcript = new Transcript(agenda, transcriptLinesMax);
    truth = Truth.of(chance);
    operatorDraws = chance.oneIn(3);
    latencyMax = chance.of(LATENCIES);
    lagMax = chance.of(LAGS);
    brokers = new Brokers(this, chance.between(1, 3));
    group = new Group(this);
    judge = new SharedJudge(this);
    people = new People(this);
    troubles = new SharedTroubles(this);
    for (int number = chance.between(2, 4); number > 0; number--) {
      nodes.add(new Node(this, nodes.size()));
    }
  }

  /** The agenda's time, as {@link System#nanoTime} would tell it. */
  long nanoTime() {
    return agenda.now() * 1_000;
  }

  void note(Happened what) {
    tally.note(what);
  }

  /** Has something done soon, and not at once. */
  void soon(long waitMax, Runnable what) {
    agenda.in(chance.between(1L, waitMax), what);
  }

  /** The programs that run. */
  List<Program> programs() {
    return nodes.stream().flatMap(node -> node.program().stream()).toList();
  }

  /** How long bytes travel. */
  long latency() {
    return chance.between(50L, latencyMax);
  }

  /** How long what is committed is not shown to those who follow. */
  long lag() {
    return chance.between(1L, lagMax);
  }

  void changeWeather() {
    latencyMax = chance.of(LATENCIES);
    lagMax = chance.of(LAGS);
  }

  /** From now on nothing bad happens any more. */
  void makeFair() {
    fair = true;
    latencyMax = LATENCIES.getFirst();
    lagMax = LAGS.getFirst();
  }

  /** True once in {@code n} times, while bad things happen. */
  boolean misfortune(int n) {
    return !fair && chance.oneIn(n);
  }
}
