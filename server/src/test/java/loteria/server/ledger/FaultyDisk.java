package loteria.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import loteria.journal.Directory;
import loteria.journal.ReadableStorage;
import loteria.journal.Storage;
import loteria.journal.StorageFullException;
import loteria.testing.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * A data directory in memory that fails on demand: any call once, the power in any call, no room.
 * Names are durable when the call that makes them returns; what a file holds, once it was synced
 * ({@link loteria.testing.DiskFile}). Its calls may come from several threads.
 */
public final class FaultyDisk implements Directory {
  public enum Call {
    OPEN,
    RENAME,
    DELETE,
    READ,
    WRITE,
    SYNC,
    TRUNCATE
  }

  /** The machine stopped; no code of the program runs after it. */
  static final class PowerLoss extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1;
  }

  private record Fault(int call, Supplier<IOException> failure) {}

  private final Random random;
  private final Map<String, FaultyFile> files = new ConcurrentHashMap<>();
  private final Map<Call, Integer> counts = new EnumMap<>(Call.class);
  private final Map<Call, Fault> faults = new EnumMap<>(Call.class);
  private int calls;
  private int powerLossAt = Integer.MAX_VALUE;
  private int failureAt = Integer.MAX_VALUE;
  // A test frees it while the ledger's thread writes.
  private volatile long room = Long.MAX_VALUE;
  private boolean syncs = true;
  private volatile boolean movedAway;

  public FaultyDisk(long seed) {
    random = new Random(seed);
  }

  /** From now on a sync says that it succeeded and does nothing. */
  FaultyDisk withoutSyncs() {
    syncs = false;
    return this;
  }

  boolean syncs() {
    return syncs;
  }

  Random random() {
    return random;
  }

  /** The n-th call of a kind from now on fails, counted from 1. */
  public void fail(Call call, int n, Supplier<IOException> failure) {
    faults.put(call, new Fault(count(call) + n, failure));
  }

  /** The n-th call from now on fails, whatever it is. */
  void failAtCall(int n) {
    failureAt = calls + n;
  }

  /** The power goes in the n-th call from now on, counted from 1: before, within or after it. */
  void losePowerAtCall(int n) {
    powerLossAt = calls + n;
  }

  /** All files together may grow to this size. */
  public void limitTo(long bytes) {
    room = bytes;
  }

  /** The process died and another starts: what was written is still there, faults are over. */
  void restart() {
    powerLossAt = Integer.MAX_VALUE;
    failureAt = Integer.MAX_VALUE;
    faults.clear();
  }

  /** The power comes back: of what was not synced, anything may be there. */
  void restartAfterPowerLoss() {
    files.values().forEach(FaultyFile::losePower);
    restart();
  }

  int calls() {
    return calls;
  }

  public synchronized int count(Call call) {
    return counts.getOrDefault(call, 0);
  }

  public long used() {
    return files.values().stream().mapToLong(FaultyFile::size).sum();
  }

  /** Whether a loss of power would change nothing. */
  public boolean isSynced() {
    return files.values().stream().allMatch(FaultyFile::isSynced);
  }

  /** Nothing is lost with the power now. */
  void requireSynced() {
    if (syncs && !isSynced()) {
      throw new AssertionError("said before the sync");
    }
  }

  /** What a loss of power leaves of a file for certain. */
  byte[] durable(String name) {
    return file(name).durable();
  }

  public byte[] bytes(String name) {
    return file(name).bytes();
  }

  /** Puts a file there, durably, and no other with its name. */
  public void put(String name, byte[] bytes) {
    files.put(name, new FaultyFile(bytes));
  }

  /** A file has other bytes now, durably, for whoever has it open too. */
  public void overwrite(String name, byte[] bytes) {
    file(name).overwrite(bytes);
  }

  void remove(String name) {
    files.remove(name);
  }

  @Override
  public Storage open(String name) throws IOException {
    begin(Call.OPEN, () -> create(name));
    create(name);
    return file(name);
  }

  @Override
  public ReadableStorage openToRead(String name) throws IOException {
    begin(Call.OPEN, () -> {});
    if (!files.containsKey(name)) {
      throw new NoSuchFileException(name);
    }
    return file(name);
  }

  @Override
  public boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (files.containsKey(to)) {
      throw new FileAlreadyExistsException(to);
    }
    begin(Call.RENAME, () -> move(from, to));
    move(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    begin(Call.DELETE, () -> files.remove(name));
    files.remove(name);
  }

  /** As from now on the directory is not the one that others find. */
  public void moveAway() {
    movedAway = true;
  }

  @Override
  public void check() throws IOException {
    if (movedAway) {
      throw new IOException("the directory was moved away while it was in use");
    }
  }

  @Override
  public void close() {}

  private void create(String name) {
    files.computeIfAbsent(name, _ -> new FaultyFile(new byte[0]));
  }

  private void move(String from, String to) {
    files.put(to, file(from));
    files.remove(from);
  }

  private FaultyFile file(String name) {
    @Nullable FaultyFile file = files.get(name);
    if (file == null) {
      throw new AssertionError("no file " + name);
    }
    return file;
  }

  /** Counts a call; {@code effect} is what a loss of power within it may have brought about. */
  synchronized void begin(Call call, Runnable effect) throws IOException {
    if (calls >= powerLossAt) {
      throw new PowerLoss();
    }
    calls++;
    if (calls == powerLossAt) {
      if (random.nextBoolean()) {
        effect.run();
      }
      throw new PowerLoss();
    }
    if (calls == failureAt) {
      throw new IOException("Input/output error");
    }
    int count = counts.merge(call, 1, Integer::sum);
    @Nullable Fault fault = faults.get(call);
    if (fault != null && count == fault.call()) {
      throw fault.failure().get();
    }
  }

  private final class FaultyFile implements Storage {
    private DiskFile file;

    FaultyFile(byte[] bytes) {
      file = DiskFile.holding(random, bytes);
    }

    synchronized byte[] bytes() {
      return file.bytes();
    }

    synchronized byte[] durable() {
      return file.durable();
    }

    synchronized void overwrite(byte[] bytes) {
      file = DiskFile.holding(random, bytes);
    }

    synchronized boolean isSynced() {
      return file.isSynced();
    }

    synchronized void losePower() {
      file.losePower();
    }

    @Override
    public synchronized long size() {
      return file.size();
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
      begin(Call.READ, () -> {});
      int bytes = (int) Math.min(into.remaining(), file.size() - position);
      if (bytes <= 0) {
        return -1;
      }
      file.read(into, (int) position, bytes);
      return bytes;
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      int at = (int) position;
      begin(Call.WRITE, () -> file.write(from, at, random.nextInt(from.remaining() + 1)));
      long left = file.size() + room - used() - position;
      if (left <= 0) {
        throw new StorageFullException("no room at offset " + position);
      }
      int bytes = (int) Math.min(from.remaining(), left);
      file.write(from, at, bytes);
      return bytes;
    }

    @Override
    public synchronized void sync() throws IOException {
      try {
        begin(Call.SYNC, this::persist);
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
    public synchronized void truncate(long size) throws IOException {
      begin(Call.TRUNCATE, () -> file.truncate((int) size));
      file.truncate((int) size);
    }

    @Override
    public void close() {}
  }
}
