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

  /** A buffer with room for the largest frame, its position where the payload begins. */
  static ByteBuffer begin(int type) {
    return ByteBuffer.allocate(BYTES_MAX)
        .put(MAGIC)
        .put((byte) type)
        .putShort((short) 0)
        .limit(BYTES_MAX - CHECKSUM_BYTES);
  }

  /** The finished frame of a buffer that {@link #begin} gave and the payload was put into. */
  static byte[] end(ByteBuffer frame) {
    int length = frame.position() + CHECKSUM_BYTES;
    frame.putShort(2, (short) length).limit(length);
    frame.putInt(Checksum.of(frame.array(), 0, frame.position()));
    byte[] bytes = new byte[length];
    frame.get(0, bytes);
    return bytes;
  }

  /** The type of a whole frame, 0 to 255. */
  static int type(byte[] frame) {
    return Byte.toUnsignedInt(frame[1]);
  }

  /** The payload of a whole frame, as a read-only view. */
  static ByteBuffer payload(byte[] frame) {
    return ByteBuffer.wrap(frame, HEADER_BYTES, frame.length - BYTES_MIN).asReadOnlyBuffer();
  }
}
