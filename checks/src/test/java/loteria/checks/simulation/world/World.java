package loteria.checks.simulation.world;

import java.util.ArrayList;
import java.util.List;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Chance;
import loteria.checks.simulation.run.Tally;
import loteria.checks.simulation.run.Transcript;
import loteria.checks.simulation.truth.Truth;

/** All that a run is made of, which its seed determines. For one thread. */
public abstract class World {
  public final Chance chance;
  public final Agenda agenda = new Agenda();
  public final Tally tally = new Tally();
  public final Transcript transcript;
  public final Truth truth;

  @SuppressWarnings("this-escape") // The operator only keeps it until the run begins.
  public final Operator operator = new Operator(this);

  /** The machines of the centrals. */
  public final List<Node> nodes = new ArrayList<>();

  /** Whether an operator says the number, or the centrals have it. */
  final boolean operatorDraws;

  private Weather weather;

  protected World(long seed, int transcriptLinesMax) {
    chance = new Chance(seed);
    transcript = new Transcript(agenda, transcriptLinesMax);
    truth = Truth.of(chance);
    operatorDraws = chance.oneIn(3);
    weather = Weather.of(chance);
  }

  public abstract Judge judge();

  public abstract Troubles troubles();

  /** A central's program, which is not begun yet. */
  public abstract Program program(Node node, String name);

  /** The centrals' programs that run. */
  public final List<Program> programs() {
    return nodes.stream().flatMap(node -> node.program().stream()).toList();
  }

  /** The agenda's time, as {@link System#nanoTime} would tell it. */
  public final long nanoTime() {
    return agenda.now() * 1_000;
  }

  /** Has something done soon, and not at once. */
  public final void soon(long waitMax, Runnable what) {
    agenda.in(chance.between(1L, waitMax), what);
  }

  public final Weather weather() {
    return weather;
  }

  public void change(Weather next) {
    weather = next;
  }

  /** Notes a fault, or a place that is reached. */
  public final void note(Enum<?> what) {
    tally.note(what);
  }
}
