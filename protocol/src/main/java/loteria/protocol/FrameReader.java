package loteria.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import loteria.lottery.Checksum;
import loteria.lottery.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames, however it arrives: hand some bytes over with {@link
 * #receive}, then call {@link #next()} until it has no more. Frames are read where they lie; only
 * the beginning of one that has not arrived whole is copied, and nothing is allocated for it before
 * its length has been checked, nor more than the frame.
 *
 * <p>For one thread.
 */
public final class FrameReader {
  private static final byte[] NOTHING = {};

  // What was received and not yet taken: first what is kept of a frame that was not whole, then
  // what lies in the caller's bytes between from and to.
  private byte[] kept = NOTHING;
  private int keptBytes;
  private byte[] bytes = NOTHING;
  private int from;
  private int to;
  private @Nullable Broken broken;

  /** What {@link #next()} finds. */
  public sealed interface Step {}

  /**
   * A whole frame, its checksum verified: a view of bytes that are good until the next call of
   * {@link #next()} or {@link #receive}.
   */
  public static final class Whole implements Step {
    private final byte[] bytes;
    private final int from;
    private final int length;

    Whole(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      this.from = from;
      this.length = length;
    }

    /** The message that it holds, whose rows are a view of the same bytes. */
    public Decoded decode() {
      return Codec.decode(bytes, from, length, true);
    }

    /**
     * The same, of a batch whose rows were found valid when it was accepted, and which the checksum
     * shows to be what it was: they are not checked again.
     */
    public Decoded decodeAccepted() {
      return Codec.decode(bytes, from, length, false);
    }

    /** The frame's bytes, to be kept as a record. */
    public ByteBuffer record() {
      return ByteBuffer.wrap(bytes, from, length);
    }

    /** How many bets the frame says that it has, valid or not; 0 if it is no batch. */
    public int betsClaimed() {
      return Codec.betsClaimed(bytes, from, length);
    }
  }

  /**
   * There is no whole frame yet.
   *
   * @param begun whether a part of one has arrived
   */
  public record NeedMore(boolean begun) implements Step {
    private static final NeedMore NOTHING_YET = new NeedMore(false);
    private static final NeedMore A_PART = new NeedMore(true);
  }

  /** The stream is not of frames. Nothing that follows is looked at: it stays broken. */
  public record Broken(Refusal refusal, String reason) implements Step {}

  /**
   * Takes what has arrived: the bytes must stay as they are until {@link #next()} has said {@link
   * NeedMore}, which must come before the next call.
   */
  public void receive(byte[] arrived, int arrivedFrom, int arrivedTo) {
    assert from == to || broken != null : "frames that arrived before were not taken";
    bytes = arrived;
    from = arrivedFrom;
    to = arrivedTo;
  }

  /** The next frame, if it has arrived whole. */
  public Step next() {
    if (broken != null) {
      return broken;
    }
    Step step = keptBytes > 0 ? nextKept() : nextInPlace();
    if (step instanceof NeedMore) {
      receive(NOTHING, 0, 0);
    } else if (step instanceof Broken forGood) {
      broken = forGood;
    }
    return step;
  }

  private Step nextInPlace() {
    int available = to - from;
    if (available == 0) {
      return NeedMore.NOTHING_YET;
    }
    int length = length(bytes, from, available);
    if (length < 0) {
      return badHeader(bytes, from, available);
    }
    if (length == 0 || available < length) {
      keep(available, length == 0 ? Frame.HEADER_BYTES : length);
      return NeedMore.A_PART;
    }
    int start = from;
    from += length;
    return whole(bytes, start, length);
  }

  /** Goes on with a frame of which the beginning is kept. */
  private Step nextKept() {
    int length = length(kept, 0, keptBytes);
    while (length == 0 && from < to) {
      keep(1, Frame.HEADER_BYTES);
      length = length(kept, 0, keptBytes);
    }
    if (length < 0) {
      return badHeader(kept, 0, keptBytes);
    }
    if (length > 0) {
      keep(Math.min(length - keptBytes, to - from), length);
    }
    if (length == 0 || keptBytes < length) {
      return NeedMore.A_PART;
    }
    byte[] frame = kept;
    kept = NOTHING;
    keptBytes = 0;
    return whole(frame, 0, length);
  }

  /**
   * What has arrived after the frame that was taken last, copied; it is not taken. To be asked
   * right after a {@link Whole}.
   */
  public byte[] rest() {
    assert keptBytes == 0 : "a frame has begun";
    return Arrays.copyOfRange(bytes, from, to);
  }

  private void keep(int count, int room) {
    if (kept.length < room) {
      kept = Arrays.copyOf(kept, room);
    }
    System.arraycopy(bytes, from, kept, keptBytes, count);
    keptBytes += count;
    from += count;
  }

  /** Memory that is held of a frame that has not arrived whole, in bytes: at most a frame. */
  public int heldBytes() {
    return kept.length;
  }

  /**
   * The length of the frame that begins there; 0 if that is not known yet, negative if it is bad.
   */
  private static int length(byte[] bytes, int at, int available) {
    if (bytes[at] != Frame.MAGIC) {
      return -1;
    }
    if (available < Frame.HEADER_BYTES) {
      return 0;
    }
    int length = statedLength(bytes, at);
    return length < Frame.BYTES_MIN || length > Frame.BYTES_MAX ? -1 : length;
  }

  private static int statedLength(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at + 2]) << 8 | Byte.toUnsignedInt(bytes[at + 3]);
  }

  private static Broken badHeader(byte[] bytes, int at, int available) {
    if (bytes[at] != Frame.MAGIC || available < Frame.HEADER_BYTES) {
      return new Broken(
          Refusal.BAD_FRAME,
          "a frame starts with 0x%02x, not 0x%02x"
              .formatted(Byte.toUnsignedInt(Frame.MAGIC), Byte.toUnsignedInt(bytes[at])));
    }
    int length = statedLength(bytes, at);
    return new Broken(
        Refusal.BAD_FRAME,
        length < Frame.BYTES_MIN
            ? "frame of %d bytes is below %d".formatted(length, Frame.BYTES_MIN)
            : "frame of %d bytes exceeds %d".formatted(length, Frame.BYTES_MAX));
  }

  private static Step whole(byte[] bytes, int from, int length) {
    int covered = length - Frame.CHECKSUM_BYTES;
    int stated = ByteBuffer.wrap(bytes).getInt(from + covered);
    int actual = Checksum.of(bytes, from, covered);
    return stated == actual
        ? new Whole(bytes, from, length)
        : new Broken(
            Refusal.BAD_CHECKSUM, "frame of checksum %08x states %08x".formatted(actual, stated));
  }

  /**
   * Reads one frame that was kept, such as a record of the journal: it must be whole, and nothing
   * may follow it. The bytes are copied.
   */
  public static Step decode(ByteBuffer record) {
    if (record.remaining() > Frame.BYTES_MAX) {
      return new Broken(
          Refusal.BAD_FRAME,
          "frame of %d bytes exceeds %d".formatted(record.remaining(), Frame.BYTES_MAX));
    }
    byte[] bytes = new byte[record.remaining()];
    record.get(record.position(), bytes);
    FrameReader reader = new FrameReader();
    reader.receive(bytes, 0, bytes.length);
    Step step = reader.next();
    return switch (step) {
      case Whole whole when whole.length < bytes.length ->
          new Broken(
              Refusal.BAD_FRAME,
              "%d bytes after a frame of %d".formatted(bytes.length - whole.length, whole.length));
      case NeedMore _ -> new Broken(Refusal.BAD_FRAME, "frame cut short");
      default -> step;
    };
  }
}
