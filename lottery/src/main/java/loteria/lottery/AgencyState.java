package loteria.lottery;

import org.jspecify.annotations.Nullable;

/**
 * How far an agency has come: in the rules what was accepted of it, stored or about to be; in a
 * Welcome what is stored; in an agency's upload what was sent.
 *
 * @param next how many of its bets these are, which is the ordinal of the next one: the first bet
 *     of its file is 0
 * @param checksum CRC-32C over the rows of those bets, in their order: the prefix checksum, that of
 *     Finish, and the agency's share of the seal
 * @param finished whether the agency has said that there are no more
 * @param closed why an operator has ended the wait for it; null if none has
 */
public record AgencyState(
    long next, int checksum, boolean finished, @Nullable ClosingReason closed) {
  /** Nothing stored yet. */
  public static final AgencyState NEW = new AgencyState(0, Checksum.EMPTY, false);

  public AgencyState {
    assert next >= 0 : next;
    assert !finished || closed == null : "finished and closed";
  }

  /** Of an agency that nobody has closed. */
  public AgencyState(long next, int checksum, boolean finished) {
    this(next, checksum, finished, null);
  }

  /** Whether nothing more is awaited of the agency: it has finished, or was closed. */
  public boolean isOver() {
    return finished || closed != null;
  }

  /** With more rows: so many, of that checksum and length in bytes. */
  public AgencyState with(int count, int rowsChecksum, int rowsBytes) {
    return new AgencyState(
        next + count, Checksum.join(checksum, rowsChecksum, rowsBytes), finished, closed);
  }

  AgencyState finish() {
    return new AgencyState(next, checksum, true, closed);
  }

  AgencyState close(ClosingReason reason) {
    return new AgencyState(next, checksum, finished, reason);
  }
}
