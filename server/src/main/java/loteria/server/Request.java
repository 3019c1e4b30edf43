package loteria.server;

import java.nio.ByteBuffer;
import loteria.protocol.Decoded;
import loteria.protocol.Message;

/**
 * What is asked of the ledger: by the connections, valid messages, each with the session that it
 * came by; and by an operator.
 */
public sealed interface Request {
  /** An agency begins a session, which ends any other of that agency. */
  record Greet(Session session, Message.Hello hello) implements Request {}

  /**
   * An agency has bets to be stored.
   *
   * @param frame the batch as it came
   */
  record Store(Session session, Message.Batch batch, ByteBuffer frame) implements Request {}

  /**
   * An agency has no more bets.
   *
   * @param frame the finish as it came
   */
  record Finish(Session session, Message.Finish finish, ByteBuffer frame) implements Request {}

  /** An agency wants its winners. */
  record AskWinners(Session session, int agency) implements Request {}

  /**
   * The connection has to refuse what it read; the ledger says so when it has answered all that
   * came before.
   *
   * @param agency whose session it is, 0 before its Hello
   */
  record Refuse(Session session, int agency, Decoded.Malformed malformed) implements Request {}

  /** An operator ends the wait for agencies. */
  record Close(Operator operator, Closing closing) implements Request {}

  /** Who asks for a closing. Called by the ledger's thread. */
  @FunctionalInterface
  interface Operator {
    /** What became of it; once, some time soon. Never waits. */
    void told(ClosingAnswer answer);
  }

  /** The connection is gone. */
  record Leave(Session session, int agency) implements Request {}
}
