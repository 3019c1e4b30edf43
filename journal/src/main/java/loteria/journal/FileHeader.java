package loteria.journal;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The first bytes of a journal file, written and synced before anything else.
 *
 * <pre>
 *  0                               8       10      12              16
 * +--------------------------------+-------+-------+---------------+
 * | magic  89 'L' 'O' 'T' 'J' 'R'  |version| zero  | CRC-32C of    |
 * |        'N' 0A                  | u16 2 | u16   | bytes 0 to 11 |
 * +--------------------------------+-------+-------+---------------+
 * </pre>
 *
 * All numbers are big-endian. Every version keeps this layout, so that an older program can name a
 * newer version.
 */
final class FileHeader {
  static final int BYTES = 16;

  private static final long MAGIC = 0x89_4C_4F_54_4A_52_4E_0AL;
  static final int VERSION = 2;
  private static final int VERSION_AT = 8;
  private static final int RESERVED_AT = 10;
  private static final int CHECKSUM_AT = 12;

  private FileHeader() {}

  /** A fresh copy of the header that this program writes. */
  static ByteBuffer bytes() {
    ByteBuffer header =
        ByteBuffer.allocate(BYTES).putLong(MAGIC).putShort((short) VERSION).putShort((short) 0);
    return header.putInt(checksum(header)).flip();
  }

  /**
   * Whether a whole file is one whose creation did not get to its sync: no longer than the header,
   * each byte either written or still zero. Nothing was ever acknowledged in such a file.
   */
  static boolean unfinished(ByteBuffer file) {
    ByteBuffer header = bytes();
    if (file.remaining() > BYTES || file.equals(header)) {
      return false;
    }
    for (int index = 0; index < file.remaining(); index++) {
      byte found = file.get(file.position() + index);
      if (found != 0 && found != header.get(index)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Accepts the first bytes of a file, 16 or all that it has, if they are this program's header.
   */
  static void check(ByteBuffer start) throws ForeignFileException, DamagedJournalException {
    if (start.remaining() < BYTES || start.getLong(0) != MAGIC) {
      throw new ForeignFileException(
          "not a journal: it starts with %s, a journal with %s"
              .formatted(hexadecimal(start), hexadecimal(bytes())));
    }
    if (start.getInt(CHECKSUM_AT) != checksum(start)) {
      throw new DamagedJournalException(0, "the checksum of the file header does not hold");
    }
    int version = Short.toUnsignedInt(start.getShort(VERSION_AT));
    if (version != VERSION) {
      throw new ForeignFileException(
          "journal of version %d, this program reads version %d%s"
              .formatted(
                  version, VERSION, version == 1 ? ": release 1.x of Lotería reads it" : ""));
    }
    if (start.getShort(RESERVED_AT) != 0) {
      throw new ForeignFileException(
          "journal with reserved bits %04x, this program knows none"
              .formatted(start.getShort(RESERVED_AT)));
    }
  }

  private static int checksum(ByteBuffer header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header.slice(0, CHECKSUM_AT));
    return (int) checksum.getValue();
  }

  private static String hexadecimal(ByteBuffer start) {
    byte[] magic = new byte[Math.min(start.remaining(), Long.BYTES)];
    start.get(start.position(), magic);
    return HexFormat.ofDelimiter(" ").formatHex(magic);
  }
}
