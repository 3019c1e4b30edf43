package loteria.lottery;

/**
 * Why the central refuses. A refusal ends the session in which it was said; after one that is
 * {@link #isRetryable retryable} the agency comes back and goes on where the central says. The text
 * is written where the rule is: in {@link Lottery}, {@link BetRow}, {@code FrameReader}, {@code
 * Codec} and the constructors of {@code Message}; and by the central's {@code Session}, {@code
 * Ledger}, {@code Identity}, {@code SharedLottery}, {@code Loop}, {@code Connection}, {@code Relay}
 * and {@code TlsGate}.
 */
public enum Refusal {
  /** No version of the protocol that both sides speak. */
  UNSUPPORTED_VERSION(1, false),
  /** The agency is not among those that this lottery expects. */
  UNKNOWN_AGENCY(2, false),
  /** A frame or message that is not as the protocol says. */
  BAD_FRAME(3, false),
  /** A frame damaged on its way. */
  BAD_CHECKSUM(4, true),
  /** A message that may not come at this point. */
  OUT_OF_ORDER(5, false),
  /**
   * A bet of the batch is invalid; the row says which. An agency that has not checked its rows
   * itself comes back to send those before it.
   */
  BAD_BET(6, false),
  /** The batch begins after the next bet that is expected. */
  GAP(7, true),
  /** The batch begins before the next bet that is expected and ends after it. */
  OVERLAP(8, true),
  /** What the agency says that it sent is not what is stored. */
  CONFLICT(9, false),
  /** The agency has finished, or an operator has closed it; or no more agencies can be closed. */
  CLOSED(10, false),
  /** The agency knows of stored bets that are not there: the central has lost what it promised. */
  ACKED_LOST(11, false),
  /** A newer session of the same agency has taken over. */
  FENCED(12, false),
  /** There is no room to store the bets. */
  STORAGE_FULL(13, true),
  /** The central is going down, or cannot serve this agency now: another one owns its partition. */
  SHUTTING_DOWN(14, true),
  /** A deadline passed: for the handshake, within a frame, of silence, or to read what is sent. */
  TOO_SLOW(15, true),
  /** The central holds as many connections as it may. */
  BUSY(16, true),
  /** The peer has not shown that it may speak for the agency. */
  FORBIDDEN(17, false);

  private final int code;
  private final boolean retryable;

  Refusal(int code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  /** The code on the wire, 1 to 255. */
  public int code() {
    return code;
  }

  /** Whether the same agency may come back with the same bets and be served. */
  public boolean isRetryable() {
    return retryable;
  }

  /**
   * The refusal of a code.
   *
   * @throws IllegalArgumentException if no refusal has this code
   */
  public static Refusal of(int code) {
    for (Refusal refusal : values()) {
      if (refusal.code == code) {
        return refusal;
      }
    }
    throw new IllegalArgumentException("no refusal has the code " + code);
  }
}
