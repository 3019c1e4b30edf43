package loteria.lottery;

/**
 * What the rules need to know of a batch of valid bets.
 *
 * @param agency whose bets they are
 * @param first the ordinal of the first one in the agency's file, from 0
 * @param count how many there are, at least 1
 * @param checksum CRC-32C over the bets as they are on the wire
 * @param bytes how many bytes those are
 */
public record Offer(int agency, long first, int count, int checksum, int bytes) {
  public Offer {
    assert first >= 0 && first <= Long.MAX_VALUE - count : first;
    assert count >= 1 && bytes >= 1 : count + " bets of " + bytes + " bytes";
  }

  /** The ordinal after the last bet. */
  public long end() {
    return first + count;
  }
}
