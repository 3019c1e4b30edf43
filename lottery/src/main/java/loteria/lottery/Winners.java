package loteria.lottery;

import java.util.List;
import java.util.Map;

/**
 * The outcome of a draw.
 *
 * @param number the number that was drawn
 * @param documents for each agency that has winners, the document of each winning bet, in the order
 *     of the sealed file
 */
public record Winners(int number, Map<Integer, List<String>> documents) {
  public Winners {
    documents = Map.copyOf(documents);
  }

  /** The documents of an agency's winning bets: a person with two of them is there twice. */
  public List<String> of(int agency) {
    return documents.getOrDefault(agency, List.of());
  }

  /** How many bets have won. */
  public long total() {
    return documents.values().stream().mapToLong(List::size).sum();
  }
}
