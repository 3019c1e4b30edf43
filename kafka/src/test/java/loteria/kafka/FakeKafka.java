package loteria.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import loteria.journal.FencedException;
import loteria.kafka.brokers.Kafka;
import org.jspecify.annotations.Nullable;

/**
 * Brokers in memory, for several centrals of one program, that do what a test tells them to. A
 * record takes an offset, and so does the marker behind each transaction; who owns what is up to
 * the test. Thread-safe.
 */
final class FakeKafka {
  /** What becomes of the next commit to a partition. */
  enum Fault {
    /** It is committed, and whoever commits hears that it may not be. */
    ANSWER_LOST,
    /** It is aborted. */
    ABORTED,
    /** It is committed, and readers do not know yet. */
    STABLE_BEHIND
  }

  private enum State {
    COMMITTED,
    ABORTED,
    OPEN,
    MARKER
  }

  private record Entry(State state, Value value) {}

  /** Bytes that nobody changes. */
  private static final class Value {
    private final byte[] bytes;

    Value(byte[] bytes) {
      this.bytes = bytes.clone();
    }
  }

  private static final class Partition {
    final List<Entry> entries = new ArrayList<>();
    long first;
    int epoch;
    long heldStable = Long.MAX_VALUE;
    @Nullable Fault fault;
    boolean stalled;
    @Nullable Client owner;

    void append(State state, byte[] value) {
      entries.add(new Entry(state, new Value(value)));
    }

    void end(State state, byte[] value) {
      append(state, value);
      append(State.MARKER, new byte[0]);
    }

    long stable() {
      long open = entries.size();
      for (int offset = entries.size() - 1; offset >= 0; offset--) {
        open = entries.get(offset).state() == State.OPEN ? offset : open;
      }
      return Math.min(open, heldStable);
    }

    /** What was under way is aborted. */
    void decide() {
      boolean any = false;
      for (int offset = 0; offset < entries.size(); offset++) {
        if (entries.get(offset).state() == State.OPEN) {
          entries.set(offset, new Entry(State.ABORTED, entries.get(offset).value()));
          any = true;
        }
      }
      if (any) {
        append(State.MARKER, new byte[0]);
      }
      heldStable = Long.MAX_VALUE;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Partition> partitions = new ArrayList<>();
  private List<UUID> topics = List.of(UUID.randomUUID(), UUID.randomUUID());
  private List<String> wrong = List.of();

  FakeKafka(int betPartitions) {
    for (int partition = 0; partition <= betPartitions; partition++) {
      partitions.add(new Partition());
    }
  }

  private interface Act<T extends @Nullable Object, E extends Exception> {
    T act() throws E;
  }

  private <T extends @Nullable Object, E extends Exception> T locked(Act<T, E> act) throws E {
    lock.lock();
    try {
      return act.act();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    var _ =
        locked(() -> {
          change.run();
          changed.signalAll();
          return true;
        });
  }

  void fail(int partition, Fault fault) {
    change(() -> partitions.get(partition).fault = fault);
  }

  /** No commit to a partition comes back before {@code stalled} is false again. */
  void stall(int partition, boolean stalled) {
    change(() -> partitions.get(partition).stalled = stalled);
  }

  /** Somebody who is no central commits a record. */
  void commit(int partition, byte[] value) {
    change(() -> partitions.get(partition).end(State.COMMITTED, value));
  }

  /** A transaction of the partition's writer, or of somebody, is under way. */
  void begin(int partition, byte[] value) {
    change(() -> partitions.get(partition).append(State.OPEN, value));
  }

  /** Ends what is under way. */
  void abort(int partition) {
    change(() -> partitions.get(partition).decide());
  }

  void deleteBefore(int partition, long offset) {
    change(() -> partitions.get(partition).first = offset);
  }

  /** The brokers lose the end of a partition. */
  void cut(int partition, long offset) {
    change(() -> {
      List<Entry> entries = partitions.get(partition).entries;
      entries.subList((int) offset, entries.size()).clear();
    });
  }

  /** The topics are deleted and made again. */
  void makeTopicsAgain() {
    change(() -> topics = List.of(UUID.randomUUID(), UUID.randomUUID()));
  }

  void wrong(String... lines) {
    change(() -> wrong = List.of(lines));
  }

  /** All that is committed to a partition, one record after the other. */
  byte[] committed(int partition) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 22);
    values(partition).forEach(bytes::put);
    byte[] committed = new byte[bytes.flip().remaining()];
    bytes.get(committed);
    return committed;
  }

  List<byte[]> values(int partition) {
    return locked(() ->
        partitions.get(partition).entries.stream()
            .filter(entry -> entry.state() == State.COMMITTED)
            .map(entry -> entry.value().bytes.clone())
            .toList());
  }

  /** The group gives a partition to a central, when whoever had it has given it back. */
  void give(int partition, Kafka to) throws Exception {
    takeBack(partition);
    giveAtOnce(partition, to);
  }

  /** The group has whoever owns a partition give it back; nobody owns it then. */
  void takeBack(int partition) throws Exception {
    @Nullable Client before =
        this.<@Nullable Client, RuntimeException>locked(() -> partitions.get(partition).owner);
    if (before != null) {
      before.tell(group -> group.revoked(List.of(partition)));
      change(() -> partitions.get(partition).owner = null);
    }
  }

  /** The same, and whoever had it hears nothing of it. */
  void giveAtOnce(int partition, Kafka to) {
    Client client = (Client) to;
    change(() -> partitions.get(partition).owner = client);
    var _ = client.told(group -> group.assigned(List.of(partition)));
  }

  /** The group has taken a central for dead: nobody owns what it had, and then it hears of it. */
  void lose(Kafka central) throws Exception {
    Set<Integer> lost = ((Client) central).owned();
    change(() -> lost.forEach(partition -> partitions.get(partition).owner = null));
    lose(central, lost.toArray(Integer[]::new));
  }

  /** A central hears that others own what it had. */
  void lose(Kafka central, Integer... lost) throws Exception {
    ((Client) central).tell(group -> group.lost(List.of(lost)));
  }

  private interface News {
    void tell(Kafka.Group group);
  }

  private record Told(News news, CompletableFuture<Void> done) {}

  /** The brokers, as one central sees them: a test may change what one call answers. */
  class Client implements Kafka {
    private final InetSocketAddress address;
    private final LinkedBlockingQueue<Told> news = new LinkedBlockingQueue<>();

    Client(String host) {
      address = InetSocketAddress.createUnresolved(host, 7000);
    }

    private CompletableFuture<Void> told(News one) {
      Told told = new Told(one, new CompletableFuture<>());
      news.add(told);
      return told.done();
    }

    private void tell(News one) throws Exception {
      told(one).get(10, TimeUnit.SECONDS);
    }

    private Set<Integer> owned() {
      return locked(() -> {
        Set<Integer> owned = new TreeSet<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
          if (this.equals(partitions.get(partition).owner)) {
            owned.add(partition);
          }
        }
        return owned;
      });
    }

    @Override
    public Layout layout() {
      return locked(() -> new Layout("lottery", partitions.size() - 1, topics));
    }

    @Override
    public Offsets offsets(int partition) {
      return locked(() -> {
        Partition asked = partitions.get(partition);
        return new Offsets(asked.first, asked.stable(), asked.entries.size());
      });
    }

    @Override
    public Writer writer(int partition) {
      Partition written = partitions.get(partition);
      int epoch =
          locked(() -> {
            written.decide();
            changed.signalAll();
            return ++written.epoch;
          });
      return new Writer() {
        @Override
        public long commit(byte[] record) throws IOException {
          return locked(() -> FakeKafka.this.commit(written, epoch, record));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Reader reader() {
      return new FakeReader();
    }

    @Override
    public Member join(Group group) {
      return new Member() {
        @Override
        public void poll() throws IOException {
          try {
            Told told = news.poll(20, TimeUnit.MILLISECONDS);
            if (told != null) {
              told.news().tell(group);
              told.done().complete(null);
            }
          } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
          }
        }

        @Override
        public void close() {
          Set<Integer> owned = owned();
          group.revoked(List.copyOf(owned));
          change(() -> owned.forEach(partition -> partitions.get(partition).owner = null));
        }
      };
    }

    @Override
    public Map<Integer, InetSocketAddress> owners() {
      return locked(() -> {
        Map<Integer, InetSocketAddress> owners = new HashMap<>();
        for (int partition = 0; partition < partitions.size(); partition++) {
          Client owner = partitions.get(partition).owner;
          if (owner != null) {
            owners.put(partition, owner.address);
          }
        }
        return owners;
      });
    }

    @Override
    public Health health() {
      return locked(() -> new Health(wrong, List.of()));
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
  }

  private long commit(Partition partition, int epoch, byte[] record) throws IOException {
    while (partition.stalled) {
      changed.awaitUninterruptibly();
    }
    if (partition.epoch != epoch) {
      throw new FencedException("epoch %d, and now %d".formatted(epoch, partition.epoch));
    }
    Fault fault = partition.fault;
    partition.fault = null;
    long offset = partition.entries.size();
    if (fault == Fault.STABLE_BEHIND) {
      partition.heldStable = Math.min(partition.heldStable, offset);
    }
    changed.signalAll();
    partition.end(fault == Fault.ABORTED ? State.ABORTED : State.COMMITTED, record);
    if (fault == Fault.ABORTED || fault == Fault.ANSWER_LOST) {
      throw new IOException("no answer within 30 s");
    }
    return offset;
  }

  private final class FakeReader implements Kafka.Reader {
    private final long[] next = new long[partitions.size()];
    private final boolean[] paused = new boolean[partitions.size()];

    @Override
    public void poll(long millis, Kafka.Sink sink) throws IOException {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (!read(sink)) {
        lock.lock();
        try {
          if (changed.awaitNanos(until - System.nanoTime()) <= 0) {
            return;
          }
        } catch (InterruptedException interrupted) {
          throw new IOException(interrupted);
        } finally {
          lock.unlock();
        }
      }
    }

    private boolean read(Kafka.Sink sink) throws IOException {
      boolean any = false;
      for (int number = 0; number < next.length; number++) {
        Partition partition = partitions.get(number);
        while (!paused[number]) {
          long at = next[number];
          @Nullable Entry entry =
              FakeKafka.this.<@Nullable Entry, RuntimeException>locked(
                  () -> at < partition.stable() ? partition.entries.get((int) at) : null);
          if (at > locked(partition.entries::size)) {
            throw new IOException("%d is out of the range of %d".formatted(at, number));
          }
          if (entry == null) {
            break;
          }
          next[number]++;
          if (entry.state() == State.COMMITTED) {
            any = true;
            sink.record(number, at, ByteBuffer.wrap(entry.value().bytes).asReadOnlyBuffer());
          }
        }
      }
      return any;
    }

    @Override
    public boolean hasReached(int partition, long offset) {
      return next[partition] >= offset;
    }

    @Override
    public void pause(int partition) {
      paused[partition] = true;
    }

    @Override
    public void resume(int partition, long offset) {
      next[partition] = offset;
      paused[partition] = false;
    }

    @Override
    public void close() {}
  }
}
