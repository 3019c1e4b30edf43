package loteria.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import loteria.journal.FencedException;
import loteria.journal.ReadableStorage;
import loteria.journal.SharedLog;
import loteria.journal.Storage;
import org.jspecify.annotations.Nullable;

/**
 * A shared log in memory, as one central has it. Who owns what is said by the test; what others
 * have committed is followed when the test says so, or when a partition is taken. Thread-safe.
 */
final class FakeSharedLog implements SharedLog {
  /** What all centrals share; guarded by itself. */
  static final class Cluster {
    private final List<Partition> partitions = new ArrayList<>();
    final List<UUID> topics = List.of(new UUID(1, 1), new UUID(2, 2));

    /** With so many partitions for bets. */
    Cluster(int bets) {
      for (int i = 0; i <= bets; i++) {
        partitions.add(new Partition());
      }
    }

    /** What was committed to a partition. */
    synchronized byte[] bytes(int partition) {
      return partitions.get(partition).bytes.clone();
    }
  }

  private static final class Partition {
    private byte[] bytes = {};
    private int epoch;
    private @Nullable FakeSharedLog owner;
  }

  /** What this central knows of a partition. */
  private static final class Copy {
    private int bytes;
    private boolean own;
  }

  private final Cluster cluster;
  private final String address;
  private final List<UUID> topics;
  private final List<Copy> copies;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("log").factory());
  private @Nullable Listener listener;
  private boolean caughtUp;

  /** Commits are lost on the way, or their answers, from the next one on; null if none are. */
  volatile @Nullable IOException broken;

  FakeSharedLog(Cluster cluster, String address, List<UUID> topics) {
    this.cluster = cluster;
    this.address = address;
    this.topics = topics;
    this.copies = IntStream.rangeClosed(0, betPartitions()).mapToObj(_ -> new Copy()).toList();
  }

  // What a test says.

  /** Its listener has it, serving, when this returns. */
  void assign(int... partitions) {
    await(
        thread.submit(() -> {
          for (int partition : partitions) {
            listener().assigned(partition);
            synchronized (cluster) {
              cluster.partitions.get(partition).owner = this;
            }
          }
          return null;
        }));
  }

  void revoke(int... partitions) {
    await(revoking(partitions));
  }

  Future<?> revoking(int... partitions) {
    return thread.submit(() -> {
      for (int partition : partitions) {
        synchronized (cluster) {
          cluster.partitions.get(partition).owner = null;
        }
        listener().revoked(partition);
      }
      return null;
    });
  }

  /** Has its listener told of all that others have committed; the first time it has caught up. */
  void follow() {
    await(
        thread.submit(() -> {
          for (int partition = 0; partition <= betPartitions(); partition++) {
            follow(partition);
          }
          if (!caughtUp) {
            caughtUp = true;
            listener().caughtUp();
          }
          return null;
        }));
  }

  private void follow(int partition) throws IOException {
    Copy copy = copies.get(partition);
    int from = copy.bytes;
    int to = cluster.bytes(partition).length;
    if (!copy.own && to > from) {
      copy.bytes = to;
      listener().followed(partition, from, to);
    }
  }

  private static void await(Future<?> done) {
    try {
      Object _ = done.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private Listener listener() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return listener;
  }

  // As a log.

  @Override
  public int betPartitions() {
    return cluster.partitions.size() - 1;
  }

  @Override
  public List<UUID> topics() {
    return topics;
  }

  @Override
  public void start(Listener told) {
    listener = told;
  }

  @Override
  public Storage take(int partition) throws IOException {
    int epoch;
    synchronized (cluster) {
      epoch = ++cluster.partitions.get(partition).epoch;
    }
    follow(partition);
    copies.get(partition).own = true;
    return new Owned(partition, epoch);
  }

  @Override
  public ReadableStorage copy(int partition) {
    return new Read(partition);
  }

  @Override
  public void requireOwned(int partition) throws IOException {
    if (cluster.bytes(partition).length != copies.get(partition).bytes) {
      throw new FencedException("another central took over", new IOException("more is there"));
    }
  }

  @Override
  public Optional<String> owner(int partition) {
    synchronized (cluster) {
      return Optional.ofNullable(cluster.partitions.get(partition).owner).map(log -> log.address);
    }
  }

  @Override
  public void close() {
    for (int partition = 0; partition <= betPartitions(); partition++) {
      if (copies.get(partition).own) {
        revoke(partition);
      }
    }
    thread.shutdown();
  }

  private class Read implements ReadableStorage {
    final int partition;

    Read(int partition) {
      this.partition = partition;
    }

    @Override
    public long size() {
      return copies.get(partition).bytes;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      int count = (int) Math.min(into.remaining(), size() - position);
      if (count <= 0) {
        return -1;
      }
      into.put(cluster.bytes(partition), (int) position, count);
      return count;
    }

    @Override
    public void close() {}
  }

  private final class Owned extends Read implements Storage {
    private final int epoch;
    private byte[] written = {};

    Owned(int partition, int epoch) {
      super(partition);
      this.epoch = epoch;
    }

    @Override
    public int write(ByteBuffer from, long position) {
      int durable = copies.get(partition).bytes;
      int count = from.remaining();
      byte[] bytes = new byte[count];
      from.get(bytes);
      if (position < durable) {
        byte[] there =
            Arrays.copyOfRange(cluster.bytes(partition), (int) position, (int) position + count);
        if (!Arrays.equals(there, bytes)) {
          throw new AssertionError("what is committed stays");
        }
      } else {
        int at = (int) position - durable;
        written = Arrays.copyOf(written, at + count);
        System.arraycopy(bytes, 0, written, at, count);
      }
      return count;
    }

    @Override
    public void sync() throws IOException {
      synchronized (cluster) {
        Partition committed = cluster.partitions.get(partition);
        if (broken != null) {
          throw broken;
        }
        if (written.length == 0) {
          return;
        }
        if (committed.epoch != epoch) {
          throw new FencedException("another central took over", new IOException("epoch"));
        }
        int before = committed.bytes.length;
        committed.bytes = Arrays.copyOf(committed.bytes, before + written.length);
        System.arraycopy(written, 0, committed.bytes, before, written.length);
        copies.get(partition).bytes = committed.bytes.length;
        written = new byte[0];
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      if (size < size()) {
        throw new IOException("what is committed stays");
      }
    }

    @Override
    public void close() {
      copies.get(partition).own = false;
    }
  }
}
