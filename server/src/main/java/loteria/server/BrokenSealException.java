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

  /** There is a sealed file that nobody has said is sealed, and it is not what would be sealed. */
  static BrokenSealException notOurs(Seal seal, String sha256) {
    return new BrokenSealException(
        "%s is there, but the journal has not sealed it: it has SHA-256 %s, and the %d bets of the"
                .formatted(SealedBets.NAME, sha256, seal.bets())
            + " journal would have %s; it is left as it is: move it away, or put its journal back"
                .formatted(seal.sha256()));
  }

  /** The same, of a journal whose agencies have not all finished. */
  static BrokenSealException tooEarly() {
    return new BrokenSealException(
        "%s is there, but the journal has not sealed it, and its agencies have not all finished; it is"
                .formatted(SealedBets.NAME)
            + " left as it is: move it away, or put its journal back");
  }

  static BrokenSealException of(Seal seal, String sha256) {
    return new BrokenSealException(
        "%s has SHA-256 %s, but %d bets were sealed with %s"
            .formatted(SealedBets.NAME, sha256, seal.bets(), seal.sha256()));
  }
}
