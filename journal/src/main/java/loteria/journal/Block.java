package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A block: the records that were appended together, made durable by one sync.
 *
 * <pre>
 *  0        4         8                 16            20            24
 * +--------+---------+-----------------+-------------+-------------+-- payload --------- - -
 * | magic  | CRC-32C | position of     | payload     | number of   | u16 | record | u16 | …
 * | u32    | u32     | this block, u64 | bytes, u32  | records u32 |     |        |     |
 * +--------+---------+-----------------+-------------+-------------+------------------- - -
 *                     \____________ the CRC-32C covers all from here to the end _________/
 * </pre>
 *
 * All numbers are big-endian and unsigned; each record follows its own length. Since a block names
 * its own position, no copy of a block elsewhere, inside a record for one, is ever taken for a
 * block. The magic begins with a byte that UTF-8 never uses, so no text contains it.
 *
 * <p>It is a view of somebody's buffer: one that was read, of the window that it was read through,
 * good until that moves; one that was ended, of the journal's, good until it is stored.
 */
public final class Block {
  static final int HEADER_BYTES = 24;
  static final int PAYLOAD_BYTES_MAX = 1 << 20;
  static final int BYTES_MAX = HEADER_BYTES + PAYLOAD_BYTES_MAX;
  static final int RECORD_HEADER_BYTES = Short.BYTES;

  private static final int MAGIC = 0xFF_42_4C_4B; // FF 'B' 'L' 'K'
  private static final int CHECKSUM_AT = 4;
  private static final int POSITION_AT = 8;
  private static final int PAYLOAD_BYTES_AT = 16;
  private static final int RECORDS_AT = 20;

  private final long position;
  private final ByteBuffer bytes; // header and payload, from 0 to its limit

  private Block(long position, ByteBuffer bytes) {
    this.position = position;
    this.bytes = bytes;
  }

  /** Fills in the header of a block whose payload is laid, from byte 24 to the buffer's limit. */
  static Block ended(ByteBuffer bytes, long position, int records) {
    int payloadBytes = bytes.limit() - HEADER_BYTES;
    assert payloadBytes > 0 && payloadBytes <= PAYLOAD_BYTES_MAX : payloadBytes;
    assert records > 0 : records;
    bytes.putInt(0, MAGIC);
    bytes.putLong(POSITION_AT, position);
    bytes.putInt(PAYLOAD_BYTES_AT, payloadBytes);
    bytes.putInt(RECORDS_AT, records);
    bytes.putInt(CHECKSUM_AT, checksum(bytes, bytes.limit()));
    return new Block(position, bytes.slice(0, bytes.limit()));
  }

  /**
   * Whether some bytes look like a block's header at an index; cheap, and false for all but
   * forgeries.
   */
  static boolean announced(ByteBuffer bytes, int index, long position) {
    return bytes.getInt(index) == MAGIC && bytes.getLong(index + POSITION_AT) == position;
  }

  /** The block that lies at an offset, if a valid one does. */
  static Optional<Block> at(long position, Window window) throws IOException {
    ByteBuffer header = window.from(position, HEADER_BYTES);
    if (header.remaining() < HEADER_BYTES || !announced(header, 0, position)) {
      return Optional.empty();
    }
    int payloadBytes = header.getInt(PAYLOAD_BYTES_AT);
    if (payloadBytes <= 0
        || payloadBytes > PAYLOAD_BYTES_MAX
        || payloadBytes > window.size() - position - HEADER_BYTES) {
      return Optional.empty();
    }
    int bytes = HEADER_BYTES + payloadBytes;
    ByteBuffer found = window.from(position, bytes);
    Block block = new Block(position, found.slice(0, bytes));
    boolean valid = found.getInt(CHECKSUM_AT) == checksum(found, bytes) && block.isConsistent();
    return valid ? Optional.of(block) : Optional.empty();
  }

  /** Whether some bytes, all of them, are one valid block that belongs at an offset. */
  static boolean isWhole(ByteBuffer bytes, long position) {
    int length = bytes.remaining();
    if (length <= HEADER_BYTES || length > BYTES_MAX) {
      return false;
    }
    ByteBuffer found = bytes.slice();
    return announced(found, 0, position)
        && found.getInt(PAYLOAD_BYTES_AT) == length - HEADER_BYTES
        && found.getInt(CHECKSUM_AT) == checksum(found, length)
        && new Block(position, found).isConsistent();
  }

  /** Offset in the file, in bytes. */
  public long position() {
    return position;
  }

  /** Where the next block begins. */
  public long end() {
    return position + bytes.limit();
  }

  /** How many records it has. */
  public int records() {
    return bytes.getInt(RECORDS_AT);
  }

  /** Header and payload: a buffer of its own over the same bytes. */
  ByteBuffer bytes() {
    return bytes.slice(0, bytes.limit());
  }

  void visit(RecordVisitor visitor) throws IOException {
    ByteBuffer readOnly = bytes.asReadOnlyBuffer();
    int index = HEADER_BYTES;
    for (int record = 0; record < records(); record++) {
      int recordBytes = recordBytes(index);
      visitor.record(position + index, readOnly.slice(index + RECORD_HEADER_BYTES, recordBytes));
      index += RECORD_HEADER_BYTES + recordBytes;
    }
    assert index == bytes.limit() : index;
  }

  private boolean isConsistent() {
    int index = HEADER_BYTES;
    for (int record = 0; record < records(); record++) {
      if (index + RECORD_HEADER_BYTES > bytes.limit()) {
        return false;
      }
      index += RECORD_HEADER_BYTES + recordBytes(index);
    }
    return index == bytes.limit();
  }

  private int recordBytes(int index) {
    return Short.toUnsignedInt(bytes.getShort(index));
  }

  private static int checksum(ByteBuffer block, int bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.slice(POSITION_AT, bytes - POSITION_AT));
    return (int) checksum.getValue();
  }
}
