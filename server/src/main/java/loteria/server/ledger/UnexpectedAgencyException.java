package loteria.server.ledger;

import java.io.IOException;
import java.io.Serial;
import loteria.lottery.Count;

/** The journal is of a lottery that expected other agencies. */
public final class UnexpectedAgencyException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private UnexpectedAgencyException(String message) {
    super(message);
  }

  /** It has bets of an agency that this lottery does not expect. */
  static UnexpectedAgencyException of(int agency, int agencies) {
    return new UnexpectedAgencyException(
        "the journal has bets of agency %d, but only %s".formatted(agency, expected(agencies)));
  }

  /** Its bets are sealed, and this lottery expects more agencies than had finished then. */
  static UnexpectedAgencyException afterSeal(int missing, int agencies) {
    return new UnexpectedAgencyException(
        "the bets are sealed without those of agency %d, but %s"
            .formatted(missing, expected(agencies)));
  }

  private static String expected(int agencies) {
    return "%s %s expected"
        .formatted(Count.of(agencies, "agency"), Count.word(agencies, "is", "are"));
  }
}
