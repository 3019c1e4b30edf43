package loteria.lottery;

import java.util.Map;

/**
 * How many have won, of each agency: {@link Draw#wins} says of a row whether it has.
 *
 * @param number the number that was drawn
 * @param bets how many bets there were in the draw
 * @param byAgency how many bets have won, of each agency that has winners
 */
public record Winners(int number, long bets, Map<Integer, Long> byAgency) {
  public Winners {
    byAgency = Map.copyOf(byAgency);
  }

  /** How many bets of an agency have won: a person with two of them is two. */
  public long of(int agency) {
    return byAgency.getOrDefault(agency, 0L);
  }

  /** How many bets have won. */
  public long total() {
    return byAgency.values().stream().mapToLong(Long::longValue).sum();
  }
}
