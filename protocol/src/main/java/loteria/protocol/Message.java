package loteria.protocol;

import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;

/**
 * All that is said on the wire and kept in the journal: docs/PROTOCOL.md. Encoded and decoded by
 * {@link Codec}. No message holds what its frame could not: the constructors throw {@link
 * IllegalArgumentException}.
 */
public sealed interface Message extends Decoded {

  /** What an agency says to the central. */
  sealed interface FromAgency extends Message {}

  /** What the central says to an agency. */
  sealed interface FromCentral extends Message {}

  /**
   * What the central keeps in its journal: an agency's own frame as it came, or its own word on the
   * lottery.
   */
  sealed interface Entry extends Message {}

  /**
   * The first message of an agency.
   *
   * @param versionMin the lowest version of the protocol that it speaks, 0 to 255
   * @param versionMax the highest one
   * @param agency who it is, or says that it is: 0 is nobody, and refused as such
   * @param acked how many of its bets it has been told are stored, as far as it remembers
   */
  record Hello(int versionMin, int versionMax, int agency, long acked) implements FromAgency {
    public Hello {
      require("version", versionMin, 0, 255);
      require("version", versionMax, 0, 255);
      require("agency", agency, 0, Lottery.AGENCIES_MAX);
      require("acked", acked, 0, Long.MAX_VALUE);
    }
  }

  /**
   * Bets of the agency, of which the first has the ordinal {@code first} in its file.
   *
   * @param agency as in Hello: the frame is kept in the journal, where it stands alone
   */
  record Batch(int agency, long first, Bets bets) implements FromAgency, Entry {
    public Batch {
      require("agency", agency, 1, Lottery.AGENCIES_MAX);
      require("first", first, 0, Long.MAX_VALUE - bets.count());
    }
  }

  /** The agency has no more bets: how many it has sent, and CRC-32C over all of them. */
  record Finish(int agency, long total, int checksum) implements FromAgency, Entry {
    public Finish {
      require("agency", agency, 1, Lottery.AGENCIES_MAX);
      require("total", total, 0, Long.MAX_VALUE);
    }
  }

  /** The agency wants its winners, and waits for the draw. */
  record AskWinners() implements FromAgency {}

  /** The answer to {@link Ping}. */
  record Pong() implements FromAgency {}

  /**
   * The answer to Hello.
   *
   * @param version the one that is spoken from now on
   * @param window how many batches may be under way unacknowledged, at least 1
   * @param standing what is stored of the agency
   */
  record Welcome(int version, int window, Standing standing) implements FromCentral {
    public Welcome {
      require("version", version, 0, 255);
      require("window", window, 1, 0xffff);
    }
  }

  /** The first {@code next} bets of the agency are durable. */
  record Stored(long next) implements FromCentral {
    public Stored {
      require("next", next, 0, Long.MAX_VALUE);
    }
  }

  /** The agency's finish is durable, with {@code total} bets. */
  record Finished(long total) implements FromCentral {
    public Finished {
      require("total", total, 0, Long.MAX_VALUE);
    }
  }

  /**
   * What of the sealed bets is the agency's: the first of the answers to {@link AskWinners}.
   *
   * @param seal of all the bets
   * @param share the agency's own
   */
  record Included(Seal seal, Share share) implements FromCentral {}

  /**
   * A page of the agency's winning documents.
   *
   * @param number the number that was drawn
   * @param last whether no page follows
   */
  record WinnersPage(int number, boolean last, List<String> documents) implements FromCentral {
    public WinnersPage {
      require("number", number, 0, Bet.NUMBER_MAX);
      documents = List.copyOf(documents);
    }
  }

  /** The central is there; the agency answers {@link Pong}. */
  record Ping() implements FromCentral {}

  /**
   * The last word of a session.
   *
   * @param row of a batch, the bet that is refused, from 1; 0 where it is none
   * @param next how many bets of the agency are stored, 0 where the agency is not known
   * @param reason for people, in one line of at most {@link Codec#REASON_BYTES_MAX} bytes
   */
  record Refused(Refusal refusal, int row, long next, String reason) implements FromCentral {
    public Refused {
      require("row", row, 0, 0xffff);
      require("next", next, 0, Long.MAX_VALUE);
    }
  }

  /**
   * An operator has closed an agency that had not finished.
   *
   * @param bets how many of its bets are stored, and stay
   */
  record Closed(int agency, long bets, Reason reason) implements Entry {
    public Closed {
      require("agency", agency, 1, Lottery.AGENCIES_MAX);
      require("bets", bets, 0, Long.MAX_VALUE);
    }
  }

  /** The bets are sealed. */
  record Sealed(Seal seal) implements Entry {}

  /** The draw was held: the number, and how many bets won. */
  record Drawn(int number, long winners) implements Entry {
    public Drawn {
      require("number", number, 0, Bet.NUMBER_MAX);
      require("winners", winners, 0, Long.MAX_VALUE);
    }
  }

  private static void require(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("%s %d is not %d to %d".formatted(what, value, min, max));
    }
  }
}
