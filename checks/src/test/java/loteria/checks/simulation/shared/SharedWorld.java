package loteria.checks.simulation.shared;

import java.util.List;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Program;
import loteria.checks.simulation.world.Weather;
import loteria.checks.simulation.world.World;

/** The world of several centrals, which share a lottery over brokers. */
public final class SharedWorld extends World {
  private static final List<Long> LAGS =
      List.of(5 * Agenda.MILLISECOND, 200 * Agenda.MILLISECOND, 3 * Agenda.SECOND);

  final Brokers brokers;
  final Group group;
  final SharedJudge judge;
  final SharedTroubles troubles = new SharedTroubles(this);
  private long lagMax;

  public SharedWorld(long seed, int transcriptLinesMax) {
    super(seed, transcriptLinesMax);
    lagMax = chance.of(LAGS);
    brokers = new Brokers(this, chance.between(1, 3));
    group = new Group(this);
    judge = new SharedJudge(this);
    for (int number = chance.between(2, 4); number > 0; number--) {
      nodes.add(new Node(this, nodes.size()));
    }
  }

  @Override
  public SharedJudge judge() {
    return judge;
  }

  @Override
  public SharedTroubles troubles() {
    return troubles;
  }

  @Override
  public Program program(Node node, String name) {
    return new SharedProgram(this, node, name);
  }

  /** The programs that run. */
  List<SharedProgram> centrals() {
    return programs().stream().map(SharedProgram.class::cast).toList();
  }

  /** How long what is committed is not shown to those who follow. */
  long lag() {
    return chance.between(1L, lagMax);
  }

  @Override
  public void change(Weather next) {
    super.change(next);
    lagMax = next.equals(Weather.FAIR) ? LAGS.getFirst() : chance.of(LAGS);
  }
}
