package loteria.checks.simulation.world;

import java.util.List;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Chance;

/**
 * How the network is today: how long bytes travel, and what becomes of them. For one thread.
 *
 * @param latencyMax in microseconds, for most bytes
 * @param lateOneIn of so many pieces one comes seconds later, and all after it on its connection
 * @param flipOneIn of so many pieces one comes with a bit turned over
 */
public record Weather(long latencyMax, int lateOneIn, int flipOneIn) {
  private static final int NEVER = Integer.MAX_VALUE;

  private static final List<Long> LATENCIES =
      List.of(
          Agenda.MILLISECOND,
          5 * Agenda.MILLISECOND,
          20 * Agenda.MILLISECOND,
          300 * Agenda.MILLISECOND);

  public static final Weather FAIR = new Weather(2 * Agenda.MILLISECOND, NEVER, NEVER);

  public static Weather of(Chance chance) {
    return new Weather(
        chance.of(LATENCIES),
        chance.oneIn(2) ? 150 : NEVER,
        chance.oneIn(4) ? chance.between(30, 300) : NEVER);
  }
}
