package loteria.server;

import loteria.protocol.Message;

/** The conversation with one agency, as the ledger sees it. Called by the ledger's thread. */
public interface Session {
  /**
   * Says something to the agency, some time soon and in order; never waits. After a {@link
   * Message.Refused} or the last {@link Message.WinnersPage} nothing is said any more.
   */
  void say(Message.FromCentral message);
}
