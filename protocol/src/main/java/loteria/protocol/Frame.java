package loteria.protocol;

import java.nio.ByteBuffer;
import loteria.lottery.Checksum;

/**
 * The envelope of every message.
 *
 * <pre>
 *   0      1      2             4                   length-4       length
 *   +------+------+------+------+---------  -  -----+---------------+
 *   | 0x90 | type |   length    |      payload      |    CRC-32C    |
 *   +------+------+------+------+---------  -  -----+---------------+
 * </pre>
 *
 * Big-endian. The length is the frame's own, header and checksum included; the checksum is over all
 * that precedes it. The magic byte continues a character in UTF-8, is a control in Latin-1 and
 * nothing in Windows-1252: no text starts with it.
 */
public final class Frame {
  /** The first byte of every frame. */
  public static final byte MAGIC = (byte) 0x90;

  /** Why a central that requires TLS refuses what comes without. */
  public static final String TLS_ONLY = "this central speaks TLS only";

  /** The line by which it refuses a text. */
  public static final String TLS_ONLY_LINE = "loteria: " + TLS_ONLY;

  /** Bytes before the payload. */
  public static final int HEADER_BYTES = 4;

  /** Bytes after the payload. */
  public static final int CHECKSUM_BYTES = 4;

  /** The smallest frame: an empty payload. */
  public static final int BYTES_MIN = HEADER_BYTES + CHECKSUM_BYTES;

  /** The largest frame: the 8 kB of the assignment, header and checksum included. */
  public static final int BYTES_MAX = 8192;

  /** The largest payload. */
  public static final int PAYLOAD_BYTES_MAX = BYTES_MAX - BYTES_MIN;

  private Frame() {}

  /** Begins a frame in a buffer, whose position is then where the payload goes. */
  static ByteBuffer begin(int type, ByteBuffer out) {
    return out.put(MAGIC).put((byte) type).putShort((short) 0);
  }

  /** Ends the frame that was begun at {@code start}, with the payload up to the position. */
  static void end(int start, ByteBuffer out) {
    int covered = out.position() - start;
    assert covered + CHECKSUM_BYTES <= BYTES_MAX : covered;
    out.putShort(start + 2, (short) (covered + CHECKSUM_BYTES));
    out.putInt(Checksum.of(out.array(), out.arrayOffset() + start, covered));
  }

  /** The type of a whole frame, 0 to 255. */
  static int type(byte[] bytes, int from) {
    return Byte.toUnsignedInt(bytes[from + 1]);
  }

  /** The payload of a whole frame, where it lies. */
  static ByteBuffer payload(byte[] bytes, int from, int length) {
    return ByteBuffer.wrap(bytes, from + HEADER_BYTES, length - BYTES_MIN);
  }
}
