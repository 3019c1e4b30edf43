package loteria.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import loteria.lottery.BetRow;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a batch carries, one after the other, line ends included ({@link BetRow}). Those of
 * a batch that was decoded are valid rows of its agency: {@link Codec} has checked them; those of a
 * {@link Collector} are what it was given. A view: good only as long as the bytes under it do not
 * change. Equal if the rows are.
 */
public final class Rows {
  /** The payload of a batch before its rows: agency, count, first. */
  static final int BATCH_HEADER_BYTES = 2 + 2 + 8;

  /** Room for the rows of one batch. */
  public static final int BYTES_MAX = Frame.PAYLOAD_BYTES_MAX - BATCH_HEADER_BYTES;

  private final byte[] bytes;
  private final int from;
  private final int length;
  private final int count;

  /**
   * The rows of a batch as a record of the journal has them, where they lie: good only as long as
   * the record. They are not checked again, nor is the frame.
   *
   * @param first the ordinal of the first one in the agency's file
   * @param count how many the batch says that it has
   */
  public record Kept(int agency, long first, int count, ByteBuffer rows) {}

  /** The rows of a record; empty if it is no batch. */
  public static Optional<Kept> kept(ByteBuffer record) {
    int at = record.position();
    int rowsBytes = record.remaining() - Frame.BYTES_MIN - BATCH_HEADER_BYTES;
    if (rowsBytes < 0 || record.get(at) != Frame.MAGIC || record.get(at + 1) != Codec.BATCH) {
      return Optional.empty();
    }
    int payload = at + Frame.HEADER_BYTES;
    return Optional.of(
        new Kept(
            Short.toUnsignedInt(record.getShort(payload)),
            record.getLong(payload + 4),
            Short.toUnsignedInt(record.getShort(payload + 2)),
            record.slice(payload + BATCH_HEADER_BYTES, rowsBytes)));
  }

  /** A view of rows that begin and end there; who calls knows whether they are valid. */
  Rows(byte[] bytes, int from, int length, int count) {
    assert count >= 1 && length >= count : count + " rows of " + length;
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.count = count;
  }

  /** How many rows there are, at least 1. */
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

  /** Puts the rows at the position of a buffer that has room for them. */
  public void putInto(ByteBuffer out) {
    out.put(bytes, from, length);
  }

  /** Where the row ends that begins at an offset from the first one. */
  public int after(int row) {
    int next = Draw.after(bytes, from + row, from + length);
    assert next > 0 : "no row begins there";
    return next - from;
  }

  /** The document of the row that ends at an offset. */
  public String document(int rowEnd) {
    return BetRow.document(bytes, from + rowEnd);
  }

  /** The number that the row bets on that ends at an offset. */
  public int number(int rowEnd) {
    return BetRow.number(bytes, from + rowEnd);
  }

  /** Whether the row that ends at an offset wins in a draw. */
  public boolean wins(Draw draw, int rowEnd) {
    return draw.wins(bytes, from + rowEnd);
  }

  /** Whether the other are the same rows in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Rows that
        && Arrays.equals(
            bytes, from, from + length, that.bytes, that.from, that.from + that.length);
  }

  @Override
  public int hashCode() {
    return checksum();
  }

  /** Without the rows themselves, which tell of people. */
  @Override
  public String toString() {
    return "Rows[count=%d, length=%d, checksum=%08x]".formatted(count, length, checksum());
  }

  /** Collects the rows of one batch, valid or not. For one thread. */
  public static final class Collector {
    private final int countMax;
    private byte[] collected = new byte[BYTES_MAX];
    private int length;
    private int count;

    /**
     * For the rows of a batch.
     *
     * @param countMax how many it may have at the most, at least 1
     */
    public Collector(int countMax) {
      assert countMax >= 1 : countMax;
      this.countMax = Math.min(countMax, 0xffff);
    }

    /**
     * Adds a row, its line end included; false, and nothing added, if there is no room for it. A
     * row longer than {@link Rows#BYTES_MAX} finds none in any batch.
     */
    public boolean add(byte[] row, int from, int to) {
      if (count == countMax || BYTES_MAX - length < to - from) {
        return false;
      }
      System.arraycopy(row, from, collected, length, to - from);
      length += to - from;
      count++;
      return true;
    }

    /**
     * Adds a row of which the parts lie apart, as {@link #add(byte[], int, int)} does.
     *
     * @param beginning the agency and its comma
     * @param content what lies between those and the line end, in {@code bytes}
     */
    public boolean add(byte[] beginning, byte[] bytes, int content, int contentEnd) {
      int rowBytes = beginning.length + contentEnd - content + 2;
      if (count == countMax || BYTES_MAX - length < rowBytes) {
        return false;
      }
      System.arraycopy(beginning, 0, collected, length, beginning.length);
      System.arraycopy(bytes, content, collected, length + beginning.length, contentEnd - content);
      length += rowBytes;
      collected[length - 2] = '\r';
      collected[length - 1] = '\n';
      count++;
      return true;
    }

    /** How many rows were added. */
    public int count() {
      return count;
    }

    /** Whether no row was added. */
    public boolean isEmpty() {
      return count == 0;
    }

    /** The rows collected, at least one, which stay as they are; the collector is empty again. */
    public Rows take() {
      assert count > 0;
      Rows taken = new Rows(collected, 0, length, count);
      collected = new byte[BYTES_MAX];
      length = 0;
      count = 0;
      return taken;
    }
  }
}
