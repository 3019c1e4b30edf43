package loteria.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Frames with any payload, their length and checksum right; made without the code under test. */
final class MadeFrame {
  private MadeFrame() {}

  static byte[] of(int type, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) 0x90).put((byte) type).putShort((short) (payload.length + 8)).put(payload);
    CRC32C crc = new CRC32C();
    crc.update(frame.array(), 0, payload.length + 4);
    return frame.putInt((int) crc.getValue()).array();
  }

  /** The message of a whole frame, which lies amid other bytes. */
  static Decoded decode(byte[] frame) {
    byte[] amid = new byte[frame.length + 7];
    Arrays.fill(amid, (byte) '1');
    System.arraycopy(frame, 0, amid, 3, frame.length);
    return Codec.decode(amid, 3, frame.length, true);
  }

  static byte[] of(int type, String payloadHex) {
    return of(type, HexFormat.of().parseHex(payloadHex.replace(" ", "")));
  }
}
