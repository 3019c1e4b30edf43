package loteria.lottery;

import java.util.List;

/**
 * What closes the bets: nothing can be added to, taken from or changed in the sealed file without
 * its hash showing it, and nobody can say later that an agency had finished that had not.
 *
 * @param bets how many rows the sealed file has
 * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits in lower case
 * @param closed the agencies that had not finished, and were closed by an operator; in order
 */
public record Seal(long bets, String sha256, List<Integer> closed) {
  public Seal {
    assert bets >= 0 : bets;
    assert isSha256(sha256) : sha256;
    closed = List.copyOf(closed);
    assert closed.size() <= Lottery.CLOSED_MAX : closed.size();
  }

  /** Without a regular expression, whose classes an agency would load for it alone. */
  private static boolean isSha256(String text) {
    boolean digits = text.length() == 64;
    for (int i = 0; digits && i < text.length(); i++) {
      char digit = text.charAt(i);
      digits = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    }
    return digits;
  }

  /** A seal before which every agency has finished. */
  public Seal(long bets, String sha256) {
    this(bets, sha256, List.of());
  }

  /** The same, before which these agencies were closed. */
  public Seal without(List<Integer> agencies) {
    return new Seal(bets, sha256, agencies);
  }
}
