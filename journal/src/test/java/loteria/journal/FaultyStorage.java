package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import loteria.testing.DiskFile;

/**
 * A disk in memory with all the bad manners that a real one may have, also those of {@link
 * DiskFile}.
 */
final class FaultyStorage implements Storage {
  enum Call {
    READ,
    WRITE,
    SYNC,
    TRUNCATE
  }

  private record Fault(int call, boolean forever, Supplier<IOException> failure) {}

  private static final int PLATTER_BYTES_MAX = 1 << 23;

  private final Random random;
  private final DiskFile file;
  private final Map<Call, Fault> faults = new EnumMap<>(Call.class);
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
  private int room = PLATTER_BYTES_MAX;
  private boolean shortTransfers;
  private boolean syncs = true;
  private boolean open = true;
  private int callsUntilPowerLoss = Integer.MAX_VALUE;
  private long bytesRead;

  FaultyStorage(long seed) {
    this(seed, new byte[0]);
  }

  private FaultyStorage(long seed, byte[] bytes) {
    this.random = new Random(seed);
    this.file = DiskFile.holding(random, bytes);
  }

  /** A disk that holds some bytes durably. */
  static FaultyStorage holding(byte[] bytes) {
    return new FaultyStorage(0, bytes);
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
    file.losePower();
    restart();
  }

  byte[] bytes() {
    return file.bytes();
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
    return file.size();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    begin(Call.READ, () -> {});
    int there = (int) Math.min(into.remaining(), file.size() - position);
    if (there <= 0) {
      return -1;
    }
    int read = some(there);
    file.read(into, (int) position, read);
    bytesRead += read;
    return read;
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    begin(Call.WRITE, () -> file.write(from, (int) position, random.nextInt(from.remaining() + 1)));
    int taken = Math.min(some(from.remaining()), room - (int) position);
    if (taken <= 0) {
      throw new StorageFullException("no room at offset " + position);
    }
    file.write(from, (int) position, taken);
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
      file.forgetDirty();
      throw failure;
    }
    persist();
  }

  private void persist() {
    if (syncs) {
      file.sync();
    }
  }

  @Override
  public void truncate(long newSize) throws IOException {
    begin(
        Call.TRUNCATE,
        () -> {
          if (random.nextBoolean()) {
            file.truncate((int) newSize);
          }
        });
    file.truncate((int) newSize);
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
}
