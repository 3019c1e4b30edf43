package loteria.lottery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The draw: a pure function of the sealed bets and the number. */
public final class Draw {
  /** The number that wins unless a setting says otherwise: the course's. */
  public static final int NUMBER = 7574;

  private Draw() {}

  /** Whether a bet wins when {@code number} is drawn. */
  public static boolean hasWon(Bet bet, int number) {
    return bet.number() == number;
  }

  /** Who wins among the sealed bets, which are consumed. */
  public static Winners hold(Iterator<Bet> sealed, int number) {
    Map<Integer, List<String>> documents = new HashMap<>();
    sealed.forEachRemaining(bet -> {
      if (hasWon(bet, number)) {
        documents.computeIfAbsent(bet.agency(), agency -> new ArrayList<>()).add(bet.document());
      }
    });
    documents.replaceAll((agency, winners) -> List.copyOf(winners));
    return new Winners(number, documents);
  }
}
