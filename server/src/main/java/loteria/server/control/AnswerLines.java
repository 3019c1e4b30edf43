package loteria.server.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.server.operator.Answer;
import loteria.server.operator.Drawing;
import org.jspecify.annotations.Nullable;

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
  private static final String CLOSED = "closed";
  private static final String EARLIER = "earlier";
  private static final String AWAITED = "awaited";
  private static final String DRAWN = "drawn";
  private static final String DRAWN_EARLIER = "drawn-earlier";
  private static final String REFUSED = "refused";

  private AnswerLines() {}

  /** The lines that say it, each with its end. */
  static String of(Answer answer) {
    return switch (answer) {
      case Answer.Refused(String why) -> "%s %s\n".formatted(REFUSED, why);
      case Answer.Drawn(Lottery.Drawn draw, boolean earlier) ->
          "%s %d %d %d\n"
              .formatted(
                  earlier ? DRAWN_EARLIER : DRAWN,
                  draw.number(),
                  draw.winners(),
                  draw.at().toEpochMilli());
      case Answer.Closed done -> {
        StringBuilder lines = new StringBuilder();
        done.closed().forEach(closed -> lines.append(line(CLOSED, closed)));
        done.earlier().forEach(closed -> lines.append(line(EARLIER, closed)));
        yield lines.append("%s %d\n".formatted(AWAITED, done.awaited())).toString();
      }
    };
  }

  private static String line(String when, Message.Closed closed) {
    return "%s %d %d %s\n".formatted(when, closed.agency(), closed.bets(), closed.reason());
  }

  /**
   * What lines say.
   *
   * @throws IllegalArgumentException if they are not such lines, or not all of them
   */
  static Answer parse(String lines) {
    require(lines.endsWith("\n"), "it has ended before its last line");
    List<Message.Closed> closed = new ArrayList<>();
    List<Message.Closed> earlier = new ArrayList<>();
    @Nullable Answer last = null;
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      require(last == null, "lines of two answers");
      int blank = line.indexOf(' ');
      String rest = line.substring(blank + 1);
      switch (line.substring(0, Math.max(blank, 0))) {
        case CLOSED -> closed.add(entry(rest));
        case EARLIER -> earlier.add(entry(rest));
        case AWAITED -> last = new Answer.Closed(closed, earlier, Integer.parseInt(rest));
        case DRAWN -> last = new Answer.Drawn(draw(rest), false);
        case DRAWN_EARLIER -> last = new Answer.Drawn(draw(rest), true);
        case REFUSED -> last = new Answer.Refused(rest);
        default -> throw new IllegalArgumentException("a line that is none of an answer: " + line);
      }
    }
    if (last == null) {
      throw new IllegalArgumentException("it has ended before its last line");
    }
    boolean alone = closed.isEmpty() && earlier.isEmpty();
    require(alone || last instanceof Answer.Closed, "lines of two answers");
    return last;
  }

  private static Lottery.Drawn draw(String line) {
    String[] words = line.split(" ", 3);
    require(words.length == 3, "a draw without its time");
    return new Lottery.Drawn(
        new Drawing(Integer.parseInt(words[0])).number(),
        Long.parseLong(words[1]),
        Instant.ofEpochMilli(Long.parseLong(words[2])));
  }

  private static Message.Closed entry(String line) {
    String[] words = line.split(" ", 3);
    require(words.length == 3, "an agency without a reason");
    return new Message.Closed(
        Integer.parseInt(words[0]), Long.parseLong(words[1]), new ClosingReason(words[2]));
  }

  private static void require(boolean right, String wrong) {
    if (!right) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
