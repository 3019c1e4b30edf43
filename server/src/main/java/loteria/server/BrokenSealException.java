package loteria.server;

import java.io.IOException;
import java.io.Serial;
import loteria.lottery.Seal;

/** The sealed file is not what was sealed. */
final class BrokenSealException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private BrokenSealException(String message) {
    super(message);
  }

  static BrokenSealException of(Seal seal, String sha256) {
    return new BrokenSealException(
        "%s has SHA-256 %s, but %d bets were sealed with %s"
            .formatted(SealedBets.NAME, sha256, seal.bets(), seal.sha256()));
  }
}
