package loteria.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * A file. What is seen is the page cache, what is durable is the platter; a sector that was written
 * and not synced is dirty. When the power goes, each dirty sector is on the platter whole, not at
 * all, in part, or, if it is new there, as garbage; the size is the old one, the new one or any
 * between. For one thread.
 */
public final class DiskFile {
  private static final int SECTOR_BYTES = 512;

  private final RandomGenerator random;
  private final BitSet dirty = new BitSet();
  private byte[] seen = {};
  private byte[] durable = {};
  private int size;
  private int durableSize;

  /** One that is empty. */
  public DiskFile(RandomGenerator random) {
    this.random = random;
  }

  /** One that holds some bytes durably. */
  public static DiskFile holding(RandomGenerator random, byte[] bytes) {
    DiskFile file = new DiskFile(random);
    file.write(ByteBuffer.wrap(bytes), 0, bytes.length);
    file.sync();
    return file;
  }

  public int size() {
    return size;
  }

  /** What a program sees. */
  public byte[] bytes() {
    return Arrays.copyOf(seen, size);
  }

  /** What a loss of power leaves for certain. */
  public byte[] durable() {
    return Arrays.copyOf(durable, durableSize);
  }

  /** Whether a loss of power would change nothing. */
  public boolean isSynced() {
    return dirty.isEmpty() && size == durableSize;
  }

  public void read(ByteBuffer into, int position, int bytes) {
    into.put(seen, position, bytes);
  }

  public void write(ByteBuffer from, int position, int bytes) {
    int end = position + bytes;
    if (end > seen.length) {
      int length = 2 * (end / SECTOR_BYTES + 1) * SECTOR_BYTES;
      seen = Arrays.copyOf(seen, length);
      durable = Arrays.copyOf(durable, length);
    }
    from.get(seen, position, bytes);
    size = Math.max(size, end);
    touch(position, end);
  }

  public void truncate(int newSize) {
    if (newSize < size) {
      Arrays.fill(seen, newSize, size, (byte) 0);
      touch(newSize, size);
      size = newSize;
    }
  }

  private void touch(int from, int to) {
    if (from < to) {
      dirty.set(from / SECTOR_BYTES, (to - 1) / SECTOR_BYTES + 1);
    }
  }

  public void sync() {
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      System.arraycopy(seen, sector * SECTOR_BYTES, durable, sector * SECTOR_BYTES, SECTOR_BYTES);
    }
    dirty.clear();
    durableSize = size;
  }

  /**
   * A sync that failed: the sectors stay in the cache, marked clean, and never get to the platter
   * unless they are written again. A second sync succeeds and does nothing.
   */
  public void forgetDirty() {
    dirty.clear();
  }

  public void losePower() {
    int survivingSize = survivingSize();
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      survive(sector * SECTOR_BYTES);
    }
    Arrays.fill(durable, survivingSize, durable.length, (byte) 0);
    seen = durable.clone();
    size = survivingSize;
    durableSize = survivingSize;
    dirty.clear();
  }

  private int survivingSize() {
    if (dirty.isEmpty()) {
      return durableSize; // a failed sync dropped the change of size with the data
    }
    return switch (random.nextInt(3)) {
      case 0 -> durableSize;
      case 1 -> size;
      default -> random.nextInt(Math.min(size, durableSize), Math.max(size, durableSize) + 1);
    };
  }

  private void survive(int start) {
    int middle = start + random.nextInt(SECTOR_BYTES + 1);
    int end = start + SECTOR_BYTES;
    switch (random.nextInt(5)) {
      case 0 -> System.arraycopy(seen, start, durable, start, SECTOR_BYTES);
      case 1 -> System.arraycopy(seen, start, durable, start, middle - start);
      case 2 -> System.arraycopy(seen, middle, durable, middle, end - middle);
      case 3 -> {
        // A file system shows garbage in new space at worst, and never in a file that was all new.
        for (int i = durableSize == 0 ? end : Math.max(start, durableSize); i < end; i++) {
          durable[i] = (byte) random.nextInt(256);
        }
      }
      default -> {} // it never got there
    }
  }

  /** Bit rot: turns one bit over, for good. A second time makes it good again. */
  public void flip(int offset, int bit) {
    if (offset < size) {
      seen[offset] ^= (byte) (1 << bit);
      durable[offset] ^= (byte) (1 << bit);
    }
  }
}
