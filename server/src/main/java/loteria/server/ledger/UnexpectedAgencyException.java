package loteria.server.ledger;

import java.io.IOException;
import java.io.Serial;
import loteria.lottery.Plural;

/** The journal is of a lottery that expected other agencies. */
public final class UnexpectedAgencyException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private UnexpectedAgencyException(String message) {
    super(message);
  }

  /** It has bets of an agency that this lottery does not expect. */
  static UnexpectedAgencyException of(int agency, int agencies) {
    return new UnexpectedAgencyException(
        "the journal has bets of agency %d, but only %d %s expected"
            .formatted(agency, agencies, Plural.of(agencies, "agency is", "agencies are")));
  }

  /** Its bets are sealed, and this lottery expects more agencies than had finished then. */
  static UnexpectedAgencyException afterSeal(int missing, int agencies) {
    return new UnexpectedAgencyException(
        "the bets are sealed without those of agency %d, but %d %s expected"
            .formatted(missing, agencies, Plural.of(agencies, "agency is", "agencies are")));
  }
}
