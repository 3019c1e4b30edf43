package loteria.server;

import loteria.lottery.Refusal;
import loteria.lottery.Verdict;
import loteria.protocol.Message;

/**
 * What is to be said to whom when the group is durable.
 *
 * @param agency whose session it is, 0 before its Hello
 */
record Answer(Session session, int agency, Message.FromCentral message) {
  static Answer refused(Session session, int agency, Verdict.Refused refused) {
    return refused(session, agency, refused.refusal(), refused.next(), refused.reason());
  }

  static Answer refused(Session session, int agency, Refusal refusal, long next, String reason) {
    return new Answer(session, agency, new Message.Refused(refusal, 0, next, reason));
  }

  void say() {
    session.say(message);
  }
}
