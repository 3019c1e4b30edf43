package loteria.protocol;

import loteria.lottery.Refusal;

/** What a frame turns out to be. */
public sealed interface Decoded permits Message, Decoded.Malformed {
  /**
   * Not a message.
   *
   * @param row of a batch, the bet that is invalid, from 1; 0 where it is none
   * @param reason for people, in one line
   */
  record Malformed(Refusal refusal, int row, String reason) implements Decoded {}
}
