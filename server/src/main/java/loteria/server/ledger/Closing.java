package loteria.server.ledger;

import java.util.OptionalInt;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;

/**
 * What an operator asks of a central: that an agency be awaited no longer. Said in one line, {@code
 * close 3 REASON} or {@code close missing REASON}.
 *
 * @param agency which one; none: all that are awaited
 */
public record Closing(OptionalInt agency, Reason reason) {
  /** The longest line, without its end: two words and a reason fit. */
  public static final int LINE_BYTES_MAX = 256;

  /** Whoever has asked. */
  @FunctionalInterface
  public interface Operator {
    /** What became of it; said once. */
    void told(ClosingAnswer answer);
  }

  private static final String VERB = "close";
  private static final String MISSING = "missing";

  /** Closes one agency. */
  public static Closing of(int agency, Reason reason) {
    return new Closing(OptionalInt.of(agency), reason);
  }

  /** Closes all that are awaited. */
  public static Closing ofAllMissing(Reason reason) {
    return new Closing(OptionalInt.empty(), reason);
  }

  /** The line that says it, without its end. */
  public String line() {
    String who = agency.isPresent() ? Integer.toString(agency.getAsInt()) : MISSING;
    return "%s %s %s".formatted(VERB, who, reason);
  }

  /**
   * What a line asks for.
   *
   * @throws IllegalArgumentException if it is no such line, saying why
   */
  public static Closing parse(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3 || !words[0].equals(VERB)) {
      throw new IllegalArgumentException("not a line that a central understands");
    }
    Reason reason = new Reason(words[2]);
    if (words[1].equals(MISSING)) {
      return ofAllMissing(reason);
    }
    if (!words[1].matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "the agency is neither '%s' nor a number of 1 to %d"
              .formatted(MISSING, Lottery.AGENCIES_MAX));
    }
    return of(Integer.parseInt(words[1]), reason);
  }
}
