package loteria.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.ReadableStorage;
import loteria.journal.Storage;

/**
 * A directory whose journal takes its time to sync, as long as a test likes, and that sees to it
 * that no block is written while another one is. Thread-safe.
 */
final class SlowDirectory implements Directory {
  private static final int OPEN = 1_000_000;

  private final Directory directory;
  private final long syncMillis;
  private final Semaphore syncs = new Semaphore(OPEN);
  private final List<String> faults = new ArrayList<>();
  private boolean dirty;
  private boolean syncing;
  private int blocks;

  SlowDirectory(Directory directory, long syncMillis) {
    this.directory = directory;
    this.syncMillis = syncMillis;
  }

  /** From now on a sync does not return. */
  void hold() {
    var _ = syncs.drainPermits();
  }

  void goOn() {
    syncs.release(OPEN);
  }

  /** What was seen that must not be. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized boolean isSyncing() {
    return syncing;
  }

  synchronized int blocks() {
    return blocks;
  }

  private synchronized void writes() {
    if (syncing || dirty) {
      faults.add("block %d is written before the one before it was synced".formatted(blocks));
    }
    dirty = true;
    blocks++;
  }

  private synchronized void syncs(boolean begins) {
    syncing = begins;
    dirty &= begins;
  }

  @Override
  public Storage open(String name) throws IOException {
    Storage storage = directory.open(name);
    return name.equals(DataDirectory.JOURNAL) ? new Slow(storage) : storage;
  }

  private final class Slow implements Storage {
    private final Storage storage;

    Slow(Storage storage) {
      this.storage = storage;
    }

    @Override
    public long size() throws IOException {
      return storage.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return storage.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      writes();
      return storage.write(from, position);
    }

    @Override
    public void sync() throws IOException {
      syncs(true);
      try {
        syncs.acquireUninterruptibly();
        Thread.sleep(syncMillis);
        storage.sync();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      } finally {
        syncs(false);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      storage.truncate(size);
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }

  @Override
  public ReadableStorage openToRead(String name) throws IOException {
    return directory.openToRead(name);
  }

  @Override
  public boolean has(String name) throws IOException {
    return directory.has(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    directory.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    directory.delete(name);
  }

  @Override
  public void check() throws IOException {
    directory.check();
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
