package loteria.server.ledger;

import java.util.List;
import loteria.protocol.Message;

/** What an operator is told of a {@link Closing}. */
public sealed interface ClosingAnswer {
  /**
   * It is durable.
   *
   * @param closed the agencies that were closed now, in order
   * @param earlier that which was closed before, with the reason that stands, if it was asked for
   * @param awaited how many agencies are still awaited
   */
  record Done(List<Message.Closed> closed, List<Message.Closed> earlier, int awaited)
      implements ClosingAnswer {
    public Done {
      closed = List.copyOf(closed);
      earlier = List.copyOf(earlier);
    }
  }

  /** Nothing was closed, for a reason that is for people, in one line. */
  record Refused(String why) implements ClosingAnswer {}
}
