package loteria.lottery;

/** What the rules say to a request. */
public sealed interface Decision {
  /** The state has advanced; it is to be made durable before anybody is told. */
  record Accepted(AgencyState state) implements Decision {}

  /** Nothing new was said: what was asked for already holds. */
  record Unchanged(AgencyState state) implements Decision {}

  /**
   * Refused; nothing has changed.
   *
   * @param next how many bets of the agency are stored; 0 if it is about none
   * @param reason for people, in one line
   */
  record Rejected(Refusal refusal, long next, String reason) implements Decision {}
}
