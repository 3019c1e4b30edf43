package loteria.protocol;

import java.nio.ByteBuffer;
import loteria.lottery.Checksum;
import loteria.lottery.Refusal;

/**
 * Cuts a stream of bytes into frames, however it arrives: fill {@link #space()}, say so with {@link
 * #filled()}, then call {@link #next()} until it has no more. Nothing is allocated for a frame
 * before its length has been checked, and never more than the frame.
 *
 * <p>For one thread.
 */
public final class FrameDecoder {
  private static final int BUFFER_BYTES = 2 * Frame.BYTES_MAX;

  /** What has arrived and was not yet taken lies between position and limit. */
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** What {@link #next()} finds. */
  public sealed interface Step {}

  /** A whole frame, its checksum verified. */
  public static final class Whole implements Step {
    private final byte[] frame;

    private Whole(byte[] frame) {
      this.frame = frame;
    }

    /** The frame's bytes, which are the caller's from now on. */
    public byte[] frame() {
      return frame;
    }
  }

  /**
   * There is no whole frame yet.
   *
   * @param begun whether a part of one has arrived
   */
  public record NeedMore(boolean begun) implements Step {}

  /** The stream is not of frames; it makes no sense to read on. */
  public record Broken(Refusal refusal, String reason) implements Step {}

  /**
   * Where the next bytes go, from its position on. Never without room, provided that all whole
   * frames were taken before. {@link #filled()} must follow, also when nothing was put there.
   */
  public ByteBuffer space() {
    buffer.compact();
    assert buffer.hasRemaining();
    return buffer;
  }

  /** Says that what was to be put into {@link #space()} is there. */
  public void filled() {
    buffer.flip();
  }

  /** The next frame, if it has arrived whole. */
  public Step next() {
    return next(buffer);
  }

  /** The frame at the position of some bytes, which is then after it. */
  private static Step next(ByteBuffer bytes) {
    int available = bytes.remaining();
    if (available == 0) {
      return new NeedMore(false);
    }
    int at = bytes.position();
    if (bytes.get(at) != Frame.MAGIC) {
      return new Broken(
          Refusal.BAD_FRAME,
          "a frame starts with 0x%02x, not 0x%02x"
              .formatted(Byte.toUnsignedInt(Frame.MAGIC), Byte.toUnsignedInt(bytes.get(at))));
    }
    if (available < Frame.HEADER_BYTES) {
      return new NeedMore(true);
    }
    int length = Short.toUnsignedInt(bytes.getShort(at + 2));
    if (length < Frame.BYTES_MIN || length > Frame.BYTES_MAX) {
      return new Broken(
          Refusal.BAD_FRAME,
          length < Frame.BYTES_MIN
              ? "frame of %d bytes is below %d".formatted(length, Frame.BYTES_MIN)
              : "frame of %d bytes exceeds %d".formatted(length, Frame.BYTES_MAX));
    }
    return available < length ? new NeedMore(true) : take(bytes, length);
  }

  private static Step take(ByteBuffer bytes, int length) {
    byte[] frame = new byte[length];
    bytes.get(bytes.position(), frame);
    int covered = length - Frame.CHECKSUM_BYTES;
    int stated = bytes.getInt(bytes.position() + covered);
    int actual = Checksum.of(frame, 0, covered);
    if (stated != actual) {
      return new Broken(
          Refusal.BAD_CHECKSUM, "frame of checksum %08x states %08x".formatted(actual, stated));
    }
    bytes.position(bytes.position() + length);
    return new Whole(frame);
  }

  /**
   * Reads one frame that was kept, such as a record of the journal: it must be whole, and nothing
   * may follow it.
   */
  public static Step decode(ByteBuffer kept) {
    if (kept.remaining() > Frame.BYTES_MAX) {
      return new Broken(
          Refusal.BAD_FRAME,
          "frame of %d bytes exceeds %d".formatted(kept.remaining(), Frame.BYTES_MAX));
    }
    ByteBuffer bytes = kept.duplicate(); // whose order is that of the wire
    Step step = next(bytes);
    return switch (step) {
      case Whole whole when bytes.hasRemaining() ->
          new Broken(
              Refusal.BAD_FRAME,
              "%d bytes after a frame of %d".formatted(bytes.remaining(), whole.frame().length));
      case NeedMore _ -> new Broken(Refusal.BAD_FRAME, "frame cut short");
      default -> step;
    };
  }
}
