package loteria.server.control;

import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Reason;
import loteria.protocol.Message;
import loteria.server.ledger.ClosingAnswer;

/**
 * How a {@link ClosingAnswer} is said over the control socket: in lines of UTF-8, of which the last
 * one shows that nothing is missing.
 *
 * <pre>
 *   closed 3 1234 no llegó          closed now, with so many bets stored
 *   earlier 4 0 se incendió         closed before, for this reason
 *   awaited 2                       so many are still awaited
 *
 *   refused WHY
 * </pre>
 */
final class ClosingLines {
  private static final String CLOSED = "closed ";
  private static final String EARLIER = "earlier ";
  private static final String AWAITED = "awaited ";
  private static final String REFUSED = "refused ";

  private ClosingLines() {}

  /** The lines that say it, each with its end. */
  static String of(ClosingAnswer answer) {
    return switch (answer) {
      case ClosingAnswer.Refused(String why) -> REFUSED + why + '\n';
      case ClosingAnswer.Done done -> {
        StringBuilder lines = new StringBuilder();
        done.closed().forEach(closed -> lines.append(line(CLOSED, closed)));
        done.earlier().forEach(closed -> lines.append(line(EARLIER, closed)));
        yield lines.append(AWAITED).append(done.awaited()).append('\n').toString();
      }
    };
  }

  private static String line(String when, Message.Closed closed) {
    return "%s%d %d %s\n".formatted(when, closed.agency(), closed.bets(), closed.reason());
  }

  /**
   * What lines say.
   *
   * @throws IllegalArgumentException if they are not such lines, or not all of them
   */
  static ClosingAnswer parse(String lines) {
    List<Message.Closed> closed = new ArrayList<>();
    List<Message.Closed> earlier = new ArrayList<>();
    int last = lines.lastIndexOf('\n', lines.length() - 2) + 1;
    for (String line : lines.substring(0, last).lines().toList()) {
      if (line.startsWith(CLOSED)) {
        closed.add(entry(line.substring(CLOSED.length())));
      } else if (line.startsWith(EARLIER)) {
        earlier.add(entry(line.substring(EARLIER.length())));
      } else {
        throw new IllegalArgumentException("a line that is none of an answer: " + line);
      }
    }
    return parseLast(lines.substring(last), closed, earlier);
  }

  private static ClosingAnswer parseLast(
      String line, List<Message.Closed> closed, List<Message.Closed> earlier) {
    if (line.startsWith(AWAITED) && line.endsWith("\n")) {
      int awaited = Integer.parseInt(line.substring(AWAITED.length()).strip());
      return new ClosingAnswer.Done(closed, earlier, awaited);
    }
    if (line.startsWith(REFUSED) && line.endsWith("\n")) {
      return new ClosingAnswer.Refused(line.substring(REFUSED.length()).strip());
    }
    throw new IllegalArgumentException("it has ended before its last line");
  }

  private static Message.Closed entry(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3) {
      throw new IllegalArgumentException("an agency without a reason");
    }
    return new Message.Closed(
        Integer.parseInt(words[0]), Long.parseLong(words[1]), new Reason(words[2]));
  }
}
