package loteria.server;

import java.io.IOException;
import java.io.Serial;

/** The journal has bets of an agency that this lottery does not expect. */
final class UnexpectedAgencyException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  UnexpectedAgencyException(int agency, int agencies) {
    super(
        "the journal has bets of agency %d, but only %d agencies are expected"
            .formatted(agency, agencies));
  }
}
