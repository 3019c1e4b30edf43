package loteria.lottery;

import java.util.List;
import java.util.Map;

/**
 * The outcome of a draw.
 *
 * @param number the number that was drawn
 * @param documents for each agency that has winners, the document of each winning bet, in the order
 *     of the sealed file
 * @param shares for each agency that has bets, what of the sealed file is its
 */
public record Winners(
    int number, Map<Integer, List<String>> documents, Map<Integer, Share> shares) {
  public Winners {
    documents = Map.copyOf(documents);
    shares = Map.copyOf(shares);
  }

  /** The documents of an agency's winning bets: a person with two of them is there twice. */
  public List<String> of(int agency) {
    return documents.getOrDefault(agency, List.of());
  }

  /** What of the sealed file is an agency's. */
  public Share share(int agency) {
    return shares.getOrDefault(agency, Share.NONE);
  }

  /** How many bets have won. */
  public long total() {
    return documents.values().stream().mapToLong(List::size).sum();
  }

  /** How many bets there were in the draw. */
  public long bets() {
    return shares.values().stream().mapToLong(Share::bets).sum();
  }
}
