package loteria.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One reading of a journal from its start, which tells a clean end from a torn one, and both from
 * damage. It changes nothing, and holds one block in memory.
 *
 * <p>A block is written only after the sync of the one before it has returned. So an unfinished
 * write is the last thing in the file but for zeros, and no longer than a block; whatever is
 * invalid and is not that, was once durable.
 *
 * <p>A central may be at work on the file meanwhile: it stores blocks where there were zeros, and
 * cuts zeros off. What seems to be wrong is therefore looked at again.
 */
final class Scan {
  private final Window window;
  private long blocks;
  private long records;
  private long end;
  private long last;
  private long tornBytes;

  private Scan(Window window) {
    this.window = window;
  }

  static Scan of(ReadableStorage storage, ByteBuffer buffer, RecordVisitor visitor)
      throws IOException {
    Scan scan = new Scan(new Window(storage, buffer));
    scan.readFileHeader();
    if (scan.end > 0) {
      do {
        scan.readBlocks(visitor);
      } while (!scan.isAtEnd());
    }
    return scan;
  }

  Recovery recovery() {
    return new Recovery(blocks, records, end, tornBytes);
  }

  /** Where the last valid block begins; 0, where the file header is, if there is none. */
  long last() {
    return last;
  }

  /** Leaves {@code end} at 0 if the file is new. */
  private void readFileHeader() throws IOException {
    ByteBuffer start = window.from(0, FileHeader.BYTES);
    if (FileHeader.unfinished(start)) {
      tornBytes = window.size();
    } else {
      FileHeader.check(start);
      end = FileHeader.BYTES;
    }
  }

  private void readBlocks(RecordVisitor visitor) throws IOException {
    for (Optional<Block> next = Block.at(end, window);
        next.isPresent();
        next = Block.at(end, window)) {
      Block block = next.get();
      block.visit(visitor);
      blocks++;
      records += block.records();
      last = block.position();
      end = block.end();
    }
  }

  /** Whether all was read; false if there are blocks that a central has stored meanwhile. */
  private boolean isAtEnd() throws IOException {
    try {
      judgeTail();
    } catch (DamagedJournalException damaged) {
      window.renew();
      if (Block.at(end, window).isPresent()) {
        return false; // it was durable before what comes behind it was written
      }
      if (window.size() >= end) {
        throw damaged;
      }
    }
    if (window.size() < end) {
      throw new EOFException(
          "storage ends at offset %d, and had blocks to offset %d".formatted(window.size(), end));
    }
    return true;
  }

  /**
   * Of an unfinished write there may be anything in the bytes of one block, and of zeros that were
   * being written ahead ({@link ZeroedStorage}), anything in the last chunk of the file.
   */
  private void judgeTail() throws IOException {
    long size = window.size();
    long blockEnd = Math.min(end + Block.BYTES_MAX, size);
    long chunk = Math.max(blockEnd, size - ZeroedStorage.CHUNK_BYTES);
    long written = contentEnd(end, blockEnd);
    long between = contentEnd(blockEnd, chunk);
    long contentEnd = contentEnd(chunk, size);
    if (contentEnd == chunk) {
      contentEnd = between == blockEnd ? written : between;
    }
    if (contentEnd == end) {
      return; // the end, or zeros: written ahead, or left by the file system after a crash
    }
    Optional<Block> survivor = nextValid(contentEnd);
    if (survivor.isPresent()) {
      throw new DamagedJournalException(
          end, "no valid block there, but one at offset " + survivor.get().position());
    }
    if (between > blockEnd) {
      throw new DamagedJournalException(
          end,
          "no valid block in the %d bytes from there on, and an unfinished write leaves at most %d"
              .formatted(contentEnd - end, Block.BYTES_MAX));
    }
    tornBytes = written - end;
  }

  /** One past the last byte of a range that is not zero; the range's start if all are. */
  private long contentEnd(long from, long to) throws IOException {
    long contentEnd = from;
    for (long position = from; position < Math.min(to, window.size()); ) {
      ByteBuffer bytes = window.from(position, 1);
      int length = (int) Math.min(bytes.remaining(), to - position);
      int content = length;
      while (content >= Long.BYTES && bytes.getLong(content - Long.BYTES) == 0) {
        content -= Long.BYTES;
      }
      while (content > 0 && bytes.get(content - 1) == 0) {
        content--;
      }
      if (content > 0) {
        contentEnd = position + content;
      }
      position += length;
    }
    return contentEnd;
  }

  /**
   * The first valid block that begins after the invalid one, at whatever offset before the last
   * byte that is not zero. Only a header that states its own offset is worth a checksum, so bytes
   * that merely repeat the magic cost one comparison each.
   */
  private Optional<Block> nextValid(long contentEnd) throws IOException {
    long position = end + 1;
    while (position < contentEnd && position + Block.HEADER_BYTES <= window.size()) {
      ByteBuffer bytes = window.from(position, Block.HEADER_BYTES);
      int announced = announced(bytes, position);
      position += announced;
      if (announced + Block.HEADER_BYTES <= bytes.remaining()) {
        Optional<Block> block =
            Block.at(position, window); // moves the window: bytes is no longer good
        if (block.isPresent()) {
          return block;
        }
        position++;
      }
    }
    return Optional.empty();
  }

  /**
   * Index of the first header in some bytes; if there is none, of the first that lacks bytes to
   * tell.
   */
  private static int announced(ByteBuffer bytes, long position) {
    int index = 0;
    while (index + Block.HEADER_BYTES <= bytes.remaining()
        && !Block.announced(bytes, index, position + index)) {
      index++;
    }
    return index;
  }
}
