package loteria.server.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;
import loteria.protocol.Message;
import loteria.server.ledger.Answer;
import loteria.server.ledger.Drawing;

/**
 * How an {@link Answer} is said over the control socket: in lines of UTF-8, of which the last one
 * shows that nothing is missing.
 *
 * <pre>
 *   closed 3 1234 no llegó          closed now, with so many bets stored
 *   earlier 4 0 se incendió         closed before, for this reason
 *   awaited 2                       so many are still awaited
 *
 *   drawn 7574 12 1700000000123     drawn now: number, winners, milliseconds since 1970
 *   drawn-earlier 7574 12 1700…     drawn before
 *
 *   refused WHY
 * </pre>
 */
final class AnswerLines {
  private static final String CLOSED = "closed ";
  private static final String EARLIER = "earlier ";
  private static final String AWAITED = "awaited ";
  private static final String DRAWN = "drawn ";
  private static final String DRAWN_EARLIER = "drawn-earlier ";
  private static final String REFUSED = "refused ";

  private AnswerLines() {}

  /** The lines that say it, each with its end. */
  static String of(Answer answer) {
    return switch (answer) {
      case Answer.Refused(String why) -> REFUSED + why + '\n';
      case Answer.Drawn(Lottery.Drawn draw, boolean earlier) ->
          "%s%d %d %d\n"
              .formatted(
                  earlier ? DRAWN_EARLIER : DRAWN,
                  draw.number(),
                  draw.winners(),
                  draw.at().toEpochMilli());
      case Answer.Closed done -> {
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
  static Answer parse(String lines) {
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
    Answer answer = parseLast(lines.substring(last), closed, earlier);
    if (!(answer instanceof Answer.Closed) && last > 0) {
      throw new IllegalArgumentException("lines of two answers");
    }
    return answer;
  }

  private static Answer parseLast(
      String line, List<Message.Closed> closed, List<Message.Closed> earlier) {
    if (line.startsWith(AWAITED) && line.endsWith("\n")) {
      int awaited = Integer.parseInt(line.substring(AWAITED.length()).strip());
      return new Answer.Closed(closed, earlier, awaited);
    }
    if (line.startsWith(DRAWN) && line.endsWith("\n")) {
      return new Answer.Drawn(draw(line.substring(DRAWN.length())), false);
    }
    if (line.startsWith(DRAWN_EARLIER) && line.endsWith("\n")) {
      return new Answer.Drawn(draw(line.substring(DRAWN_EARLIER.length())), true);
    }
    if (line.startsWith(REFUSED) && line.endsWith("\n")) {
      return new Answer.Refused(line.substring(REFUSED.length()).strip());
    }
    throw new IllegalArgumentException("it has ended before its last line");
  }

  private static Lottery.Drawn draw(String line) {
    String[] words = line.strip().split(" ", 3);
    if (words.length < 3) {
      throw new IllegalArgumentException("a draw without its time");
    }
    return new Lottery.Drawn(
        new Drawing(Integer.parseInt(words[0])).number(),
        Long.parseLong(words[1]),
        Instant.ofEpochMilli(Long.parseLong(words[2])));
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
