package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A disk in memory with all the bad manners that a real one may have. What is seen is the page
 * cache, what is durable is the platter; a sector of 512 bytes that was written and not synced is
 * dirty. When the power goes, each dirty sector is on the platter whole, not at all, in part, or,
 * if it is new there, as garbage; the size is the old one, the new one or any between.
 */
final class FaultyStorage implements Storage {
  enum Call {
    READ,
    WRITE,
    SYNC,
    TRUNCATE
  }

  private record Fault(int call, boolean forever, Supplier<IOException> failure) {}

  private static final int SECTOR_BYTES = 512;
  private static final int PLATTER_BYTES_MAX = 1 << 23;

  private final Random random;
  private byte[] seen = {};
  private byte[] durable = {};
  private final BitSet dirty = new BitSet();
  private final Map<Call, Fault> faults = new EnumMap<>(Call.class);
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
  private int size;
  private int durableSize;
  private int room = PLATTER_BYTES_MAX;
  private boolean shortTransfers;
  private boolean syncs = true;
  private boolean open = true;
  private int callsUntilPowerLoss = Integer.MAX_VALUE;
  private long bytesRead;

  FaultyStorage(long seed) {
    this.random = new Random(seed);
  }

  /** A disk that holds some bytes durably. */
  static FaultyStorage holding(byte[] bytes) {
    FaultyStorage storage = new FaultyStorage(0);
    storage.put(ByteBuffer.wrap(bytes), 0, bytes.length);
    storage.persist();
    return storage;
  }

  FaultyStorage shortTransfers() {
    shortTransfers = true;
    return this;
  }

  /** From now on a sync says that it succeeded and does nothing. */
  FaultyStorage withoutSyncs() {
    syncs = false;
    return this;
  }

  /**
   * The n-th call of a kind from now on fails, counted from 1, and with {@code forever} all after
   * it.
   */
  void fail(Call call, int n, boolean forever, Supplier<IOException> failure) {
    faults.put(call, new Fault(calls(call) + n, forever, failure));
  }

  /** No write goes past this size. */
  void limitTo(int bytes) {
    room = bytes;
  }

  /**
   * The power goes in the n-th call from now on, counted from 1, before, in the middle of or after
   * its effect.
   */
  void losePowerAtCall(int n) {
    callsUntilPowerLoss = n;
  }

  /** The process died and starts again: what it wrote is still in the cache, faults are over. */
  void restart() {
    open = true;
    callsUntilPowerLoss = Integer.MAX_VALUE;
    faults.clear();
  }

  /** The power was lost and comes back. */
  void restartAfterPowerLoss() {
    int survivingSize = survivingSize();
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      survive(sector);
    }
    Arrays.fill(durable, survivingSize, durable.length, (byte) 0);
    seen = durable.clone();
    size = survivingSize;
    durableSize = survivingSize;
    dirty.clear();
    restart();
  }

  byte[] bytes() {
    return Arrays.copyOf(seen, size);
  }

  int calls(Call call) {
    return calls.getOrDefault(call, 0);
  }

  int calls() {
    return calls.values().stream().mapToInt(Integer::intValue).sum();
  }

  long bytesRead() {
    return bytesRead;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    begin(Call.READ, () -> {});
    int there = (int) Math.min(into.remaining(), size - position);
    if (there <= 0) {
      return -1;
    }
    int read = some(there);
    into.put(seen, (int) position, read);
    bytesRead += read;
    return read;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    begin(Call.WRITE, () -> put(from, (int) position, random.nextInt(from.remaining() + 1)));
    int taken = Math.min(some(from.remaining()), room - (int) position);
    if (taken <= 0) {
      throw new StorageFullException("no room at offset " + position);
    }
    put(from, (int) position, taken);
    return taken;
  }

  /**
   * One that fails leaves its sectors in the cache, marked clean: they are never written unless
   * dirtied again.
   */
  @Override
  public void sync() throws IOException {
    try {
      begin(
          Call.SYNC,
          () -> {
            if (random.nextBoolean()) {
              persist();
            }
          });
    } catch (IOException failure) {
      dirty.clear();
      throw failure;
    }
    persist();
  }

  @Override
  public void truncate(long newSize) throws IOException {
    begin(
        Call.TRUNCATE,
        () -> {
          if (random.nextBoolean()) {
            cut((int) newSize);
          }
        });
    cut((int) newSize);
  }

  @Override
  public void close() {
    open = false;
  }

  private void begin(Call call, Runnable partly) throws IOException {
    if (callsUntilPowerLoss <= 0) {
      throw new PowerLoss();
    }
    if (!open) {
      throw new IOException("storage is closed");
    }
    callsUntilPowerLoss--;
    if (callsUntilPowerLoss == 0) {
      partly.run();
      throw new PowerLoss();
    }
    int count = calls.merge(call, 1, Integer::sum);
    Fault fault = faults.get(call);
    if (fault != null && (count == fault.call() || (fault.forever() && count > fault.call()))) {
      throw fault.failure().get();
    }
  }

  private int some(int bytes) {
    return shortTransfers ? 1 + random.nextInt(Math.min(bytes, 40)) : bytes;
  }

  private void put(ByteBuffer from, int position, int bytes) {
    reserve(position + bytes);
    from.get(seen, position, bytes);
    size = Math.max(size, position + bytes);
    touch(position, position + bytes);
  }

  /** Room for some bytes in whole sectors, and to spare. */
  private void reserve(int bytes) {
    if (bytes > seen.length) {
      int length = 2 * start(bytes / SECTOR_BYTES + 1);
      seen = Arrays.copyOf(seen, length);
      durable = Arrays.copyOf(durable, length);
    }
  }

  private void cut(int newSize) {
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

  private void persist() {
    if (syncs) {
      for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
        System.arraycopy(seen, start(sector), durable, start(sector), SECTOR_BYTES);
      }
      dirty.clear();
      durableSize = size;
    }
  }

  private int survivingSize() {
    if (dirty.isEmpty()) {
      return durableSize; // a failed sync dropped the change of size with the data
    }
    return switch (random.nextInt(3)) {
      case 0 -> durableSize;
      case 1 -> size;
      default -> Math.min(size, durableSize) + random.nextInt(Math.abs(size - durableSize) + 1);
    };
  }

  private void survive(int sector) {
    int start = start(sector);
    int middle = random.nextInt(SECTOR_BYTES + 1);
    switch (random.nextInt(5)) {
      case 0 -> System.arraycopy(seen, start, durable, start, SECTOR_BYTES);
      case 1 -> System.arraycopy(seen, start, durable, start, middle);
      case 2 ->
          System.arraycopy(seen, start + middle, durable, start + middle, SECTOR_BYTES - middle);
      case 3 -> {
        // A file system shows garbage in new space at worst, and never in a file that was all new.
        int from = durableSize == 0 ? start + SECTOR_BYTES : Math.max(start, durableSize);
        for (int index = from; index < start + SECTOR_BYTES; index++) {
          durable[index] = (byte) random.nextInt();
        }
      }
      default -> {} // never got there
    }
  }

  private static int start(int sector) {
    return sector * SECTOR_BYTES;
  }
}
