package loteria.tool;

/** How many of the generated bets have the winning number. */
public sealed interface WinnersWanted {

  /** Each number from 0 to 9999 is as likely: one bet in ten thousand wins, more or less. */
  record ByChance() implements WinnersWanted {}

  /**
   * Exactly so many of all bets, spread over the agencies by chance.
   *
   * @param bets from 0 to the number of all bets
   */
  record Exactly(long bets) implements WinnersWanted {
    /** Checks that {@code bets} is not negative. */
    public Exactly {
      if (bets < 0) {
        throw new IllegalArgumentException("winners of " + bets + " is below 0");
      }
    }
  }
}
