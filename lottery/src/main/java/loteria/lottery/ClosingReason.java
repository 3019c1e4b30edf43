package loteria.lottery;

import java.nio.charset.StandardCharsets;

/**
 * Why an operator has closed an agency: one line for people, kept with the bets for whoever asks
 * later.
 *
 * @param text 1 to {@link #BYTES_MAX} bytes of UTF-8, not only blanks, of the characters that a
 *     name may have
 */
public record ClosingReason(String text) {
  /** The longest reason, in bytes of UTF-8. */
  public static final int BYTES_MAX = 200;

  /**
   * A reason.
   *
   * @throws IllegalArgumentException saying what is wrong with it, in one line
   */
  public ClosingReason {
    text.codePoints()
        .filter(codePoint -> !BetRow.isNameable(codePoint))
        .findFirst()
        .ifPresent(codePoint -> {
          throw new IllegalArgumentException(
              "reason is not one line of text: it has the character U+%04X".formatted(codePoint));
        });
    if (text.isBlank()) {
      throw new IllegalArgumentException("reason is empty");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "reason of %d bytes exceeds %d".formatted(bytes, BYTES_MAX));
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
