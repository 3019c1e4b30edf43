package loteria.server.operator;

import java.util.OptionalInt;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;

/**
 * An operator asks that an agency be awaited no longer: {@code close 3 REASON} or {@code close
 * missing REASON}.
 *
 * @param agency which one; none: all that are awaited
 */
public record Closing(OptionalInt agency, ClosingReason reason) implements Request {
  static final String VERB = "close";
  private static final String MISSING = "missing";

  /** Closes one agency. */
  public static Closing of(int agency, ClosingReason reason) {
    return new Closing(OptionalInt.of(agency), reason);
  }

  /** Closes all that are awaited. */
  public static Closing ofAllMissing(ClosingReason reason) {
    return new Closing(OptionalInt.empty(), reason);
  }

  @Override
  public String line() {
    String who = agency.isPresent() ? Integer.toString(agency.getAsInt()) : MISSING;
    return "%s %s %s".formatted(VERB, who, reason);
  }

  /** What follows the verb. */
  static Closing parse(String rest) {
    String[] words = rest.split(" ", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("a closing has an agency and a reason");
    }
    ClosingReason reason = new ClosingReason(words[1]);
    if (words[0].equals(MISSING)) {
      return ofAllMissing(reason);
    }
    if (!words[0].matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "the agency is neither '%s' nor a number of 1 to %d"
              .formatted(MISSING, Lottery.AGENCIES_MAX));
    }
    return of(Integer.parseInt(words[0]), reason);
  }
}
