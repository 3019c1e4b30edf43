package loteria.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.journal.Storage;
import loteria.journal.StorageFullException;
import loteria.testing.DiskFile;

/** A file of a {@link FaultyDisk}. */
final class FaultyFile implements Storage {
  private final FaultyDisk disk;
  private DiskFile file;

  FaultyFile(FaultyDisk disk, byte[] bytes) {
    this.disk = disk;
    this.file = DiskFile.holding(disk.random(), bytes);
  }

  synchronized byte[] bytes() {
    return file.bytes();
  }

  synchronized byte[] durable() {
    return file.durable();
  }

  synchronized void overwrite(byte[] bytes) {
    file = DiskFile.holding(disk.random(), bytes);
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
    disk.begin(FaultyDisk.Call.READ, () -> {});
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
    disk.begin(
        FaultyDisk.Call.WRITE,
        () -> file.write(from, at, disk.random().nextInt(from.remaining() + 1)));
    long room = file.size() + disk.left() - position;
    if (room <= 0) {
      throw new StorageFullException("no room at offset " + position);
    }
    int bytes = (int) Math.min(from.remaining(), room);
    file.write(from, at, bytes);
    return bytes;
  }

  @Override
  public synchronized void sync() throws IOException {
    try {
      disk.begin(FaultyDisk.Call.SYNC, this::persist);
    } catch (IOException failure) {
      file.forgetDirty();
      throw failure;
    }
    persist();
  }

  private void persist() {
    if (disk.syncs()) {
      file.sync();
    }
  }

  @Override
  public synchronized void truncate(long size) throws IOException {
    disk.begin(FaultyDisk.Call.TRUNCATE, () -> file.truncate((int) size));
    file.truncate((int) size);
  }

  @Override
  public void close() {}
}
