package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.journal.Storage;
import loteria.server.status.SyncTimes;

/** A directory that notes how long the syncs of its journal take; else as the one that it is of. */
record TimedDirectory(Directory directory, SyncTimes times) implements Directory {
  @Override
  public Storage open(String name) throws IOException {
    Storage storage = directory.open(name);
    return name.equals(LedgerState.JOURNAL_NAME) ? new TimedStorage(storage, times) : storage;
  }

  @Override
  public boolean has(String name) {
    return directory.has(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    directory.rename(from, to);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }

  private record TimedStorage(Storage storage, SyncTimes times) implements Storage {
    @Override
    public void sync() throws IOException {
      long since = System.nanoTime();
      storage.sync();
      times.record(System.nanoTime() - since);
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
      return storage.write(from, position);
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
}
