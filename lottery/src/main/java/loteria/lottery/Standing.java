package loteria.lottery;

/**
 * How an agency stands with the central.
 *
 * @param next how many of its bets are stored, which is the ordinal of the next one: the first bet
 *     of its file is 0
 * @param checksum CRC-32C over those bets as they are on the wire, in their order
 * @param finished whether the agency has said that there are no more
 */
public record Standing(long next, int checksum, boolean finished) {
  /** Nothing stored yet. */
  public static final Standing NEW = new Standing(0, Checksum.EMPTY, false);

  public Standing {
    assert next >= 0 : next;
  }

  Standing with(Offer offer) {
    return new Standing(
        next + offer.count(), Checksum.join(checksum, offer.checksum(), offer.bytes()), false);
  }

  Standing finish() {
    return new Standing(next, checksum, true);
  }
}
