package loteria.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Valid bets of one agency, in the bytes of the wire; they are read where they lie, with a {@link
 * BetCursor}.
 *
 * <pre>
 *   +---+-----------+---+----------+---+----------+------+-------+-----+--------+
 *   | n | firstName | n | lastName | n | document | year | month | day | number |
 *   +---+-----------+---+----------+---+----------+------+-------+-----+--------+
 *     1   n           1   n          1   n digits   2      1       1     2
 * </pre>
 *
 * Immutable.
 */
public final class Bets {
  /** The payload of a batch before its bets: agency, count, first. */
  static final int BATCH_HEADER_BYTES = 2 + 2 + 8;

  /** Room for the bets of one batch. */
  public static final int BYTES_MAX = Frame.PAYLOAD_BYTES_MAX - BATCH_HEADER_BYTES;

  /** What one bet can take at the most: every batch has room for this many bytes and more. */
  static final int BET_BYTES_MAX =
      1 + Bet.NAME_BYTES_MAX + 1 + Bet.NAME_BYTES_MAX + 1 + Bet.DOCUMENT_DIGITS_MAX + 6;

  private final byte[] bytes;
  private final int from;
  private final int length;
  private final int count;

  /** Takes bytes that are known to be valid; they must not change any more. */
  Bets(byte[] bytes, int from, int length, int count) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.count = count;
  }

  /** How many bets there are, at least 1. */
  public int count() {
    return count;
  }

  /** How many bytes they take. */
  public int length() {
    return length;
  }

  /** CRC-32C over those bytes. */
  public int checksum() {
    return Checksum.of(bytes, from, length);
  }

  /** A cursor before the first bet. */
  public BetCursor cursor() {
    return BetCursor.overValid(bytes, from, length);
  }

  void putInto(ByteBuffer payload) {
    payload.put(bytes, from, length);
  }

  /** Whether the other are the same bets in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bets that
        && Arrays.equals(
            bytes, from, from + length, that.bytes, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    return checksum();
  }

  @Override
  public String toString() {
    return "Bets[count=%d, length=%d, checksum=%08x]".formatted(count, length, checksum());
  }

  /** Collects the bets of one batch. For one thread. */
  public static final class Collector {
    private final byte[] collected = new byte[BYTES_MAX];
    private final int countMax;
    private int length;
    private int count;

    /**
     * @param countMax the most bets of a batch, at least 1
     */
    public Collector(int countMax) {
      assert countMax >= 1 : countMax;
      this.countMax = Math.min(countMax, 0xffff);
    }

    /** Adds a bet; false, and nothing added, if it does not fit by count or by bytes. */
    public boolean add(EncodedBet bet) {
      assert bet.length() > 0;
      if (count == countMax || BYTES_MAX - length < bet.length()) {
        return false;
      }
      bet.copyTo(collected, length);
      length += bet.length();
      count++;
      return true;
    }

    public boolean isEmpty() {
      return count == 0;
    }

    /** The bets collected, at least one; the collector is empty again. */
    public Bets take() {
      assert count > 0;
      Bets taken = new Bets(Arrays.copyOf(collected, length), 0, length, count);
      length = 0;
      count = 0;
      return taken;
    }
  }
}
