package loteria.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import loteria.journal.Storage;
import loteria.journal.StorageFullException;

/**
 * A file of a {@link FaultyDisk}. A sector of 512 bytes that was written and not synced is dirty:
 * when the power goes it is on the disk whole, in part or not at all, and the size is the old one
 * or the new one.
 */
final class FaultyFile implements Storage {
  private static final int SECTOR_BYTES = 512;

  private final FaultyDisk disk;
  private final BitSet dirty = new BitSet();
  private byte[] seen;
  private byte[] durable;

  FaultyFile(FaultyDisk disk, byte[] bytes) {
    this.disk = disk;
    this.seen = bytes.clone();
    this.durable = bytes.clone();
  }

  synchronized byte[] bytes() {
    return seen.clone();
  }

  synchronized byte[] durable() {
    return durable.clone();
  }

  synchronized void overwrite(byte[] bytes) {
    seen = bytes.clone();
    durable = bytes.clone();
  }

  synchronized boolean isSynced() {
    return dirty.isEmpty() && seen.length == durable.length;
  }

  /** The power was lost. */
  void survive() {
    Random random = disk.random();
    byte[] survived = Arrays.copyOf(durable, random.nextBoolean() ? seen.length : durable.length);
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      int from = sector * SECTOR_BYTES;
      int bytes =
          switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(SECTOR_BYTES);
            default -> SECTOR_BYTES;
          };
      int to = Math.min(from + bytes, Math.min(seen.length, survived.length));
      if (to > from) {
        System.arraycopy(seen, from, survived, from, to - from);
      }
    }
    seen = survived;
    durable = survived.clone();
    dirty.clear();
  }

  @Override
  public synchronized long size() {
    return seen.length;
  }

  @Override
  public synchronized int read(ByteBuffer into, long position) throws IOException {
    disk.begin(FaultyDisk.Call.READ, () -> {});
    int bytes = (int) Math.min(into.remaining(), seen.length - position);
    if (bytes <= 0) {
      return -1;
    }
    into.put(seen, (int) position, bytes);
    return bytes;
  }

  @Override
  public synchronized int write(ByteBuffer from, long position) throws IOException {
    disk.begin(
        FaultyDisk.Call.WRITE,
        () -> put(from, (int) position, disk.random().nextInt(from.remaining() + 1)));
    long room = seen.length + disk.left() - position;
    if (room <= 0) {
      throw new StorageFullException("no room at offset " + position);
    }
    return put(from, (int) position, (int) Math.min(from.remaining(), room));
  }

  /**
   * One that fails marks the sectors clean all the same, as Linux does: they will never be written
   * unless dirtied again.
   */
  @Override
  public synchronized void sync() throws IOException {
    try {
      disk.begin(FaultyDisk.Call.SYNC, this::persist);
    } catch (IOException failure) {
      dirty.clear();
      throw failure;
    }
    persist();
  }

  @Override
  public synchronized void truncate(long size) throws IOException {
    disk.begin(FaultyDisk.Call.TRUNCATE, () -> cut((int) size));
    cut((int) size);
  }

  @Override
  public void close() {}

  private int put(ByteBuffer from, int position, int bytes) {
    seen = Arrays.copyOf(seen, Math.max(seen.length, position + bytes));
    from.get(seen, position, bytes);
    touch(position, position + bytes);
    return bytes;
  }

  private void cut(int size) {
    if (size < seen.length) {
      touch(size, seen.length);
      seen = Arrays.copyOf(seen, size);
    }
  }

  private void touch(int from, int to) {
    if (from < to) {
      dirty.set(from / SECTOR_BYTES, (to - 1) / SECTOR_BYTES + 1);
    }
  }

  private void persist() {
    if (!disk.syncs()) {
      return;
    }
    durable = Arrays.copyOf(durable, seen.length);
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      int from = Math.min(sector * SECTOR_BYTES, seen.length);
      int to = Math.min(from + SECTOR_BYTES, seen.length);
      System.arraycopy(seen, from, durable, from, to - from);
    }
    dirty.clear();
  }
}
