package loteria.tool;

import java.util.Optional;
import java.util.OptionalInt;
import loteria.protocol.Message;
import loteria.server.LedgerState;

/**
 * What is known of a lottery from elsewhere, such as the central's log or what was made public. A
 * file that is cut after all have finished is still the file of some lottery: that this one went
 * further can only be known by someone who was told.
 *
 * @param sha256 the hash of the sealed file, in lower case
 * @param number what was drawn
 */
record Announced(Optional<String> sha256, OptionalInt number) {

  /**
   * Compares what a journal says with what was announced.
   *
   * @param end where the journal ends, in bytes from its start
   * @throws DisagreementException if it says something else, or less
   */
  void check(Replay replay, long end) throws DisagreementException {
    if (sha256.isPresent()) {
      Replay.Placed<Message.Sealed> sealed =
          replay.sealed().orElseThrow(() -> ends(end, "seal of SHA-256 " + sha256.get()));
      if (!sealed.entry().seal().sha256().equals(sha256.get())) {
        throw sealed
            .record()
            .wrong(
                "a seal of SHA-256 %s, where %s was announced"
                    .formatted(sealed.entry().seal().sha256(), sha256.get()));
      }
    }
    if (number.isPresent()) {
      Replay.Placed<Message.Drawn> drawn =
          replay.drawn().orElseThrow(() -> ends(end, "draw of " + number.getAsInt()));
      if (drawn.entry().number() != number.getAsInt()) {
        throw drawn
            .record()
            .wrong(
                "a draw of %d, where %d was announced"
                    .formatted(drawn.entry().number(), number.getAsInt()));
      }
    }
  }

  private static DisagreementException ends(long end, String without) {
    return new DisagreementException(
        LedgerState.JOURNAL_NAME,
        end,
        "it ends without the %s that was announced".formatted(without));
  }
}
