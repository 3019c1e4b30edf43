package loteria.tool;

/**
 * What was written for one agency.
 *
 * @param agency from 1
 * @param bets its rows
 * @param bytes the length of its file
 * @param winners its bets on the winning number
 */
public record GeneratedFile(int agency, long bets, long bytes, long winners) {
  /** Checks that the agency is from 1, nothing is negative and no more win than bet. */
  public GeneratedFile {
    if (agency < 1 || bets < 0 || bytes < 0 || winners < 0 || winners > bets) {
      throw new IllegalArgumentException(
          "agency %d with %d bets in %d bytes and %d winners is impossible"
              .formatted(agency, bets, bytes, winners));
    }
  }
}
