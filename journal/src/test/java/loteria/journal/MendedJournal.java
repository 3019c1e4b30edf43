package loteria.journal;

import java.nio.ByteBuffer;

/**
 * Makes a journal of bytes that are none: gives them a file header, and headers and checksums to
 * what could be blocks, so that whoever makes up bytes gets further than to the first checksum.
 */
final class MendedJournal {
  private static final int BLOCK_BYTES_MIN = Block.HEADER_BYTES + Block.RECORD_HEADER_BYTES;

  private MendedJournal() {}

  /** Where a block would begin, a byte that is odd leaves it as it is: damaged, most likely. */
  static byte[] of(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes.clone());
    if (file.capacity() >= FileHeader.BYTES) {
      file.put(0, FileHeader.bytes(), 0, FileHeader.BYTES);
      int at = FileHeader.BYTES;
      while (file.capacity() - at >= BLOCK_BYTES_MIN) {
        at += mend(file, at);
      }
    }
    return file.array();
  }

  /** The length of what now is a block, or was left alone. */
  private static int mend(ByteBuffer file, int at) {
    boolean whole = (file.get(at) & 1) == 0;
    int room = file.capacity() - at - Block.HEADER_BYTES;
    int stated = Short.toUnsignedInt(file.getShort(at + 18));
    ByteBuffer block =
        file.slice(at, Block.HEADER_BYTES + Math.clamp(stated, Block.RECORD_HEADER_BYTES, room));
    if (whole) {
      Block.ended(block, at, layRecords(block));
    }
    return block.limit();
  }

  /** Corrects the lengths of records until they fill the block, and counts them. */
  private static int layRecords(ByteBuffer block) {
    int records = 0;
    int index = Block.HEADER_BYTES;
    while (index < block.limit()) {
      int room = block.limit() - index - Block.RECORD_HEADER_BYTES;
      int bytes = Math.min(Short.toUnsignedInt(block.getShort(index)), room);
      if (room - bytes < Block.RECORD_HEADER_BYTES) {
        bytes = room;
      }
      block.putShort(index, (short) bytes);
      index += Block.RECORD_HEADER_BYTES + bytes;
      records++;
    }
    return records;
  }
}
