package loteria.checks.torture.peers;

import java.util.Optional;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * The rules by which a central answers one agency, in the simplest words, against which the real
 * one is held. A refusal ends the session. For one thread.
 */
final class RulesModel {
  private enum Turn {
    NOBODY,
    UPLOADING,
    FINISHED,
    WAITING
  }

  private final SpokenFile file;
  private int next;
  private boolean finished;
  private Turn turn = Turn.NOBODY;

  RulesModel(SpokenFile file) {
    this.file = file;
  }

  /** How many bets are stored. */
  int next() {
    return next;
  }

  /** Whether there is a session. */
  boolean isSomebodyThere() {
    return turn != Turn.NOBODY;
  }

  /** The session is over without a word. */
  void leave() {
    turn = Turn.NOBODY;
  }

  /** A new session, whether there is one or not. */
  Message.FromCentral hello(long acked) {
    if (acked > next) {
      // The session that is there, if there is one, stays.
      return new Message.Refused(Refusal.ACKED_LOST, 0, next, "");
    }
    turn = Turn.UPLOADING;
    return new Message.Welcome(Codec.VERSION, 16, file.state(next, finished));
  }

  Message.FromCentral helloAgain() {
    return refused(Refusal.OUT_OF_ORDER, 0);
  }

  /** A batch that says to begin at {@code first}. */
  Message.FromCentral batch(long first, int count) {
    if (turn != Turn.UPLOADING) {
      return refused(Refusal.OUT_OF_ORDER, 0);
    }
    if (first + count <= next) {
      return new Message.Stored(next);
    }
    if (finished) {
      return refused(Refusal.CLOSED, 0);
    }
    if (first != next) {
      return refused(first > next ? Refusal.GAP : Refusal.OVERLAP, 0);
    }
    next += count;
    return new Message.Stored(next);
  }

  /** A batch with a bet that breaks a limit: nobody looks at anything else. */
  Message.FromCentral badBet(int row) {
    return refused(Refusal.BAD_BET, row);
  }

  Message.FromCentral batchOfAnother() {
    return refused(turn == Turn.UPLOADING ? Refusal.BAD_FRAME : Refusal.OUT_OF_ORDER, 0);
  }

  Message.FromCentral notAnAgencysWord() {
    return refused(Refusal.BAD_FRAME, 0);
  }

  /** Finish; whether it has the total and the checksum of what is stored. */
  Message.FromCentral finish(boolean right) {
    if (turn != Turn.UPLOADING) {
      return refused(Refusal.OUT_OF_ORDER, 0);
    }
    if (!right) {
      return refused(Refusal.CONFLICT, 0);
    }
    turn = Turn.FINISHED;
    finished = true;
    return new Message.Finished(next);
  }

  /** Nothing is answered before the draw. */
  Optional<Message.FromCentral> askWinners() {
    if (turn == Turn.WAITING || !finished) {
      return Optional.of(refused(Refusal.OUT_OF_ORDER, 0));
    }
    turn = Turn.WAITING;
    return Optional.empty();
  }

  /** What the older session hears when a newer one was welcomed. */
  Message.FromCentral fenced() {
    return new Message.Refused(Refusal.FENCED, 0, next, "");
  }

  private Message.FromCentral refused(Refusal refusal, int row) {
    turn = Turn.NOBODY;
    return new Message.Refused(refusal, row, next, "");
  }
}
