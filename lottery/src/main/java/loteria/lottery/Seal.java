package loteria.lottery;

/**
 * What closes the bets: nothing can be added to, taken from or changed in the sealed file without
 * its hash showing it.
 *
 * @param bets how many rows the sealed file has
 * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case
 */
public record Seal(long bets, String sha256) {
  public Seal {
    assert bets >= 0 : bets;
    assert sha256.matches("[0-9a-f]{64}") : sha256;
  }
}
