package loteria.server.operator;

import java.util.List;
import loteria.lottery.Lottery;
import loteria.protocol.Message;

/** What an operator is told of a {@link Request}. */
public sealed interface Answer {
  /**
   * The closing is durable.
   *
   * @param closed the agencies that were closed now, in order
   * @param earlier that which was closed before, with the reason that stands, if it was asked for
   * @param awaited how many agencies are still awaited
   */
  record Closed(List<Message.Closed> closed, List<Message.Closed> earlier, int awaited)
      implements Answer {
    public Closed {
      closed = List.copyOf(closed);
      earlier = List.copyOf(earlier);
    }
  }

  /**
   * The draw is durable.
   *
   * @param earlier whether it was held before this request
   */
  record Drawn(Lottery.Drawn draw, boolean earlier) implements Answer {}

  /** Nothing has changed, for a reason that is for people, in one line. */
  record Refused(String why) implements Answer {}
}
