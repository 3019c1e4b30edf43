package loteria.checks.simulation.shared;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Happened;
import loteria.checks.simulation.world.Program;
import loteria.journal.FencedException;
import loteria.journal.ReadableStorage;
import loteria.journal.SharedLog;
import loteria.journal.Storage;
import org.jspecify.annotations.Nullable;

/**
 * The log as one program has it: its copies, which follow what others commit after a while, and the
 * partitions that it has taken, whose commits may fail in every way. For one thread.
 */
final class ProgramLog implements SharedLog {
  private static final int TAKE_FAILS_ONE_IN = 40;
  private static final int COMMIT_FAILS_ONE_IN = 80;
  private static final int COMMIT_OF_DRAW_FAILS_ONE_IN = 5;

  /** What is here of a partition. */
  private static final class Copy {
    private int bytes;
    private int told;
    private boolean own;
    private boolean pumping;
  }

  private final SharedWorld world;
  private final SharedProgram program;
  private final List<Copy> copies;
  private final Set<Throwable> thrown = new HashSet<>();
  private final @Nullable String[] owners;
  private @Nullable Listener listener;

  ProgramLog(SharedWorld world, SharedProgram program) {
    this.world = world;
    this.program = program;
    int partitions = world.brokers.betPartitions() + 1;
    this.copies = Stream.generate(Copy::new).limit(partitions).toList();
    this.owners = new String[partitions];
  }

  /** Whether it is one of the failures that the log has made, or comes of one. */
  boolean hasMade(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (thrown.contains(cause)) {
        return true;
      }
    }
    return false;
  }

  /** A failure that this log makes. */
  <T extends IOException> T made(T failure) {
    thrown.add(failure);
    return failure;
  }

  @Override
  public int betPartitions() {
    return world.brokers.betPartitions();
  }

  @Override
  public List<UUID> topics() {
    return Brokers.TOPICS;
  }

  @Override
  public void start(Listener told) {
    listener = told;
    for (int partition = 0; partition < copies.size(); partition++) {
      grew(partition);
    }
    askOwners();
  }

  private Listener listener() {
    if (listener == null) {
      throw new IllegalStateException("not started");
    }
    return listener;
  }

  private void askOwners() {
    if (program.isAlive()) {
      for (int partition = 0; partition < owners.length; partition++) {
        owners[partition] = world.group.owner(partition).map(Program::address).orElse(null);
      }
      world.soon(Agenda.SECOND, this::askOwners);
    }
  }

  // Following.

  /** Somebody has committed, or the partition is given back: it is followed, after a while. */
  void grew(int partition) {
    Copy copy = copies.get(partition);
    if (!copy.pumping && listener != null) {
      copy.pumping = true;
      world.agenda.in(world.lag(), () -> pump(partition));
    }
  }

  private void pump(int partition) {
    Copy copy = copies.get(partition);
    copy.pumping = false;
    if (!program.isAlive() || copy.own) {
      return;
    }
    List<Integer> shown = world.brokers.shown(partition, copy.bytes);
    if (!shown.isEmpty()) {
      copy.bytes = world.chance.of(shown);
      // What has come is there to be read before it is told.
      world.soon(Agenda.MILLISECOND, () -> program.guard(() -> tell(partition)));
    }
    if (copy.bytes < world.brokers.size(partition)) {
      grew(partition);
    }
  }

  private void tell(int partition) throws IOException {
    Copy copy = copies.get(partition);
    int from = copy.told;
    if (copy.bytes > from) {
      copy.told = copy.bytes;
      listener().followed(partition, from, copy.bytes);
    }
  }

  // Owning.

  @Override
  public Storage take(int partition) throws IOException {
    int epoch = world.brokers.fence(partition);
    world.transcript.note("%s takes partition %s", program, partition);
    if (world.troubles.misfortune(TAKE_FAILS_ONE_IN)) {
      world.note(Happened.TAKE_FAILED);
      throw made(new IOException("the brokers do not answer"));
    }
    Copy copy = copies.get(partition);
    for (int end : world.brokers.shown(partition, copy.bytes)) {
      copy.bytes = end;
      if (world.chance.oneIn(2)) {
        tell(partition);
      }
    }
    tell(partition);
    copy.own = true;
    if (partition == betPartitions()) {
      world.judge.drawTaken();
    }
    return new Owned(partition, epoch);
  }

  @Override
  public ReadableStorage copy(int partition) {
    return new Read(partition);
  }

  @Override
  public void requireOwned(int partition) throws IOException {
    if (world.brokers.size(partition) != copies.get(partition).bytes) {
      world.note(Happened.FENCED_BY_ASKING);
      throw made(new FencedException("the log goes on: another central took over"));
    }
  }

  @Override
  public Optional<String> owner(int partition) {
    return Optional.ofNullable(owners[partition]);
  }

  /** It is the group that ends programs. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
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
      int count = (int) Math.min(into.remaining(), copies.get(partition).bytes - position);
      if (count <= 0) {
        return -1;
      }
      into.put(world.brokers.bytes(partition), (int) position, count);
      return count;
    }

    @Override
    public void close() {}
  }

  private final class Owned extends Read implements Storage {
    private final int epoch;
    private byte[] written = {};
    private boolean inDoubt;
    private boolean closed;

    Owned(int partition, int epoch) {
      super(partition);
      this.epoch = epoch;
    }

    private Copy own() {
      return copies.get(partition);
    }

    private void requireTrust() throws IOException {
      if (inDoubt || closed) {
        throw new IOException("partition %d is in doubt, or given back".formatted(partition));
      }
    }

    @Override
    public long size() {
      return (long) own().bytes + written.length;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      requireTrust();
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      int at = (int) position;
      if (at < own().bytes) {
        byte[] there = Arrays.copyOfRange(world.brokers.bytes(partition), at, at + bytes.length);
        if (!Arrays.equals(there, bytes)) {
          throw new AssertionError("what is committed stays");
        }
      } else {
        if (at != size()) {
          throw new AssertionError("a write at %d of %d".formatted(at, size()));
        }
        int before = written.length;
        written = Arrays.copyOf(written, before + bytes.length);
        System.arraycopy(bytes, 0, written, before, bytes.length);
      }
      return bytes.length;
    }

    @Override
    public void sync() throws IOException {
      requireTrust();
      if (written.length == 0) {
        return;
      }
      inDoubt = true;
      boolean answered = true;
      if (world.troubles.misfortune(
          partition == betPartitions() ? COMMIT_OF_DRAW_FAILS_ONE_IN : COMMIT_FAILS_ONE_IN)) {
        switch (world.chance.below(3)) {
          case 0 -> {
            world.note(Happened.COMMIT_LOST);
            throw made(new IOException("the commit of partition %d fails".formatted(partition)));
          }
          case 1 -> {
            world.note(Happened.FENCE);
            int _ = world.brokers.fence(partition);
          }
          default -> answered = false;
        }
      }
      if (!world.brokers.mayWrite(partition, epoch)) {
        world.note(Happened.FENCED_COMMIT);
        throw made(new FencedException("partition %d was taken over".formatted(partition)));
      }
      byte[] piece = written;
      world.brokers.commit(partition, piece);
      if (!answered) {
        world.note(Happened.ANSWER_LOST);
        throw made(new IOException("the answer of partition %d is lost".formatted(partition)));
      }
      own().bytes += piece.length;
      own().told = own().bytes;
      written = new byte[0];
      inDoubt = false;
    }

    @Override
    public void truncate(long size) throws IOException {
      requireTrust();
      if (size < own().bytes) {
        throw new AssertionError("what is committed stays");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        own().own = false;
        grew(partition);
      }
    }
  }
}
