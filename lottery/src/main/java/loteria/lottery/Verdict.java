package loteria.lottery;

/** What the rules say to a request of an agency. */
public sealed interface Verdict {
  /** The state has advanced; it is to be made durable before anybody is told. */
  record Accepted(Standing standing) implements Verdict {}

  /** Nothing new was said: what was asked for already holds. */
  record Repeated(Standing standing) implements Verdict {}

  /**
   * Refused; nothing has changed.
   *
   * @param next how many bets of the agency are stored
   * @param reason for people, in one line
   */
  record Refused(Refusal refusal, long next, String reason) implements Verdict {}
}
