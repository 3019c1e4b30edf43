package loteria.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;

/**
 * All that is said on the wire and kept in the journal: docs/PROTOCOL.md. Encoded and decoded by
 * {@link Codec}. No message holds what its frame could not: the constructors throw {@link
 * IllegalArgumentException}. Only the reason of {@link Refused} may be longer: it is cut.
 */
public sealed interface Message extends Decoded {

  /** What an agency says to the central. */
  sealed interface FromAgency extends Message {}

  /** What the central says to an agency. */
  sealed interface FromCentral extends Message {}

  /**
   * What the central keeps in its journal: an agency's own frame as it came, or a record that the
   * central makes.
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
   * @param rows those of that agency: checked if the batch was decoded, else as its file has them
   */
  record Batch(int agency, long first, Rows rows) implements FromAgency, Entry {
    public Batch {
      require("agency", agency, 1, Lottery.AGENCIES_MAX);
      require("first", first, 0, Long.MAX_VALUE - rows.count());
    }
  }

  /** The agency has no more bets: how many it has sent, and CRC-32C over their rows. */
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
   * @param state what is stored of the agency
   */
  record Welcome(int version, int window, AgencyState state) implements FromCentral {
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
   * @param bets how many of its rows are the agency's
   * @param checksum CRC-32C over those rows, in their order
   */
  record SealReceipt(Seal seal, long bets, int checksum) implements FromCentral {
    public SealReceipt {
      require("bets", bets, 0, Long.MAX_VALUE);
    }
  }

  /**
   * A page of the agency's winning documents.
   *
   * @param number the number that was drawn
   * @param last whether no page follows
   */
  record WinnersPage(int number, boolean last, List<String> documents) implements FromCentral {
    /** Room for the documents of a page, each of which takes {@link #bytes}. */
    public static final int DOCUMENTS_BYTES_MAX = Frame.PAYLOAD_BYTES_MAX - (2 + 1 + 2);

    /** What a document takes in a page. */
    public static int bytes(String document) {
      return 1 + document.length();
    }

    public WinnersPage {
      require("number", number, 0, BetRow.NUMBER_MAX);
      documents = List.copyOf(documents);
      int bytes = 0;
      for (int i = 0; i < documents.size(); i++) {
        if (!isDocument(documents.get(i))) {
          throw new IllegalArgumentException(
              "winner %d has no document of digits".formatted(i + 1));
        }
        bytes += bytes(documents.get(i));
      }
      require("bytes of documents", bytes, 0, DOCUMENTS_BYTES_MAX);
    }

    private static boolean isDocument(String text) {
      boolean digits = !text.isEmpty() && text.length() <= BetRow.DOCUMENT_DIGITS_MAX;
      for (int i = 0; digits && i < text.length(); i++) {
        digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      }
      return digits;
    }
  }

  /** The central is there; the agency answers {@link Pong}. */
  record Ping() implements FromCentral {}

  /**
   * The last word of a session.
   *
   * @param row of a batch, the bet that is refused, from 1; 0 where it is none
   * @param next how many bets of the agency are stored, 0 where the agency is not known
   * @param reason for people, in one line; cut to {@link Codec#REASON_BYTES_MAX} bytes
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
  record Closed(int agency, long bets, ClosingReason reason) implements Entry {
    public Closed {
      require("agency", agency, 1, Lottery.AGENCIES_MAX);
      require("bets", bets, 0, Long.MAX_VALUE);
    }
  }

  /**
   * What pins a lottery that several centrals share.
   *
   * @param agencies how many it expects
   * @param partitions of the topic that holds the agencies' bets
   * @param topics the identities of its topics, at most {@link #TOPICS_MAX}
   */
  record Announced(int agencies, int partitions, List<UUID> topics) implements Entry {
    /** The most topics that a lottery has. */
    public static final int TOPICS_MAX = 16;

    public Announced {
      require("agencies", agencies, 1, Lottery.AGENCIES_MAX);
      require("partitions", partitions, 1, 0xffff);
      topics = List.copyOf(topics);
      require("topics", topics.size(), 0, TOPICS_MAX);
    }
  }

  /**
   * The bets are sealed.
   *
   * @param at when, in whole milliseconds
   */
  record Sealed(Seal seal, Instant at) implements Entry {
    public Sealed {
      at = wholeMillis(at);
    }
  }

  /**
   * The draw was held: the number, and how many bets won.
   *
   * @param at when, in whole milliseconds
   */
  record Drawn(int number, long winners, Instant at) implements Entry {
    public Drawn {
      at = wholeMillis(at);
      require("number", number, 0, BetRow.NUMBER_MAX);
      require("winners", winners, 0, Long.MAX_VALUE);
    }
  }

  private static Instant wholeMillis(Instant at) {
    if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      throw new IllegalArgumentException("time %s is before 1970, or too late".formatted(at));
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static void require(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("%s %d is not %d to %d".formatted(what, value, min, max));
    }
  }
}
