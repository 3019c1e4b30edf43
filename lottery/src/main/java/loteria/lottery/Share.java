package loteria.lottery;

/**
 * What of the sealed file is an agency's.
 *
 * @param bets how many rows
 * @param checksum CRC-32C over those rows as they stand there, line ends included, in their order
 */
public record Share(long bets, int checksum) {
  /** Of an agency without bets. */
  public static final Share NONE = new Share(0, Checksum.EMPTY);

  public Share {
    assert bets >= 0 : bets;
  }
}
