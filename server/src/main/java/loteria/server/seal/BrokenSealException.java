package loteria.server.seal;

import java.io.IOException;
import java.io.Serial;
import loteria.journal.DataDirectory;
import loteria.lottery.Count;
import loteria.lottery.Seal;

/** The sealed file is not what was sealed. */
public final class BrokenSealException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private BrokenSealException(String message) {
    super(message);
  }

  public static BrokenSealException of(Seal seal, String sha256) {
    return new BrokenSealException(
        "%s has SHA-256 %s, but %s %s sealed with %s"
            .formatted(
                DataDirectory.BETS,
                sha256,
                Count.of(seal.bets(), "bet"),
                Count.word(seal.bets(), "was", "were"),
                seal.sha256()));
  }

  /** There is a sealed file that nobody has said is sealed, and it is not what would be sealed. */
  static BrokenSealException notOurs(Seal seal, String sha256) {
    return new BrokenSealException(
        "%s is there, but the journal has not sealed it: it has SHA-256 %s, and the %s of the"
                .formatted(DataDirectory.BETS, sha256, Count.of(seal.bets(), "bet"))
            + " journal would have %s; it is left as it is: move it away, or put its journal back"
                .formatted(seal.sha256()));
  }

  /** The same, of a journal whose agencies have not all finished. */
  public static BrokenSealException tooEarly() {
    return new BrokenSealException(
        "%s is there, but the journal has not sealed it, and its agencies have not all finished; it"
                .formatted(DataDirectory.BETS)
            + " is left as it is: move it away, or put its journal back");
  }
}
