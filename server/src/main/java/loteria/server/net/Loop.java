package loteria.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import loteria.journal.Block;
import loteria.journal.Directory;
import loteria.journal.StorageFullException;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.ledger.Beside;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Ledgers;
import loteria.server.status.SyncTimes;
import org.jspecify.annotations.Nullable;

/**
 * The one loop of a central: it selects, reads what has come on every connection, has the ledger
 * decide, has the block stored, and writes the answers; then it selects again. Groups grow by
 * themselves, since the kernel gathers what arrives during the sync.
 *
 * <pre>
 *   select -> read -> Session -> Ledger -> block to the syncer -> stored -> write -> select
 * </pre>
 *
 * <p>The syncer, a thread that only writes and syncs, stores a block while the next group is read
 * and decided: so no reading or deciding waits for a sync. The seal, the draw and the reading of
 * winners are made by another thread ({@link Beside}). Whatever they give comes back as a task,
 * which is the one way into the loop.
 *
 * <p>If a write or sync fails, or anything unexpected happens, the process halts at once, through
 * {@link Halt}: nobody is answered by a ledger whose state may not be that of its journal. A broken
 * connection, a failed accept and a full disk are expected.
 */
public final class Loop implements Beside, AutoCloseable {
  /** How many connections may be open at once. */
  public static final int CONNECTIONS_MAX = 16_384;

  /** What one read takes at most: a whole window of frames, so that nobody starves. */
  static final int INPUT_BYTES = 1 << 17;

  /**
   * What all peers share.
   *
   * @param connections how many may be open at once
   * @param unprovenBytes memory for peers that have not shown who they are
   * @param outputBytes memory for answers that wait to be read
   */
  public record Bounds(int connections, long unprovenBytes, long outputBytes) {
    public static final Bounds DEFAULT = new Bounds(CONNECTIONS_MAX, 64 << 20, 64 << 20);
  }

  /** How many connections are accepted before those that are open have their turn. */
  private static final int ACCEPTS_MAX = 64;

  private static final int TASKS_MAX = 1 << 12;
  private static final long SWEEP_MILLIS_MAX = 100;

  /** How old the last check of the directory may be when a block goes to the syncer. */
  private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MISSING_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How long to wait when the process has no file descriptor left for a connection. */
  private static final long ACCEPT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long an open connection has, at the end, to be told so. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Ends the process at once, without closing anything. */
  @FunctionalInterface
  public interface Halt {
    void halt(Throwable cause);
  }

  private final ServerSocketChannel listener;
  private final @Nullable TlsGate gate;
  private final Directory directory;
  private final Deadlines deadlines;
  private final Bounds bounds;
  private final Figures figures;
  private final SyncTimes syncs;
  private final ServerLog log;
  private final Halt halt;
  private final long sweepNanos;
  private final Selector selector;
  private final SelectionKey accepting;
  private @Nullable SelectionKey acceptingPeers; // set before the start
  private final BlockingQueue<Beside.Task> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
  private final ExecutorService beside = worker("beside");
  private final Thread thread = Thread.ofPlatform().name("loop").unstarted(this::run);

  // Of the loop's thread.
  private @Nullable Ledgers ledgers;
  private @Nullable ExecutorService syncers;
  private final Set<Connection> open = new LinkedHashSet<>();
  private final ArrayDeque<Connection> ready = new ArrayDeque<>();
  private final ArrayDeque<Connection> awaitingHandshake = new ArrayDeque<>();
  private final ArrayDeque<Connection> dirty = new ArrayDeque<>();
  private final Set<Connection> unproven = new LinkedHashSet<>();
  private final byte[] input = new byte[INPUT_BYTES];
  private long unprovenBytes;
  private long outputBytes;
  private long accepted;
  private long sweepAt;
  private long tickAt;
  private long watchedAt = System.nanoTime() - WATCH_NANOS;
  private long missingAt;
  private long acceptAt;
  private boolean stopping;
  private long closeAt;

  /**
   * A loop over a socket that is bound; {@link #start} has it serve.
   *
   * @param gate by which peers have to come in; null if the network is trusted
   * @param directory is looked after, so that it stays the ledger's
   */
  public Loop(
      ServerSocketChannel listener,
      @Nullable TlsGate gate,
      Directory directory,
      Deadlines deadlines,
      Bounds bounds,
      Figures figures,
      SyncTimes syncs,
      ServerLog log,
      Halt halt)
      throws IOException {
    this.listener = listener;
    this.gate = gate;
    this.directory = directory;
    this.deadlines = deadlines;
    this.bounds = bounds;
    this.figures = figures;
    this.syncs = syncs;
    this.log = log;
    this.halt = halt;
    long shortest = Math.min(deadlines.ping(), Math.min(deadlines.drain(), deadlines.frame()));
    this.sweepNanos = TimeUnit.MILLISECONDS.toNanos(Math.clamp(shortest / 10, 1, SWEEP_MILLIS_MAX));
    this.selector = Selector.open();
    listener.configureBlocking(false);
    this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Serves other centrals too, who come over this socket; if there is TLS, only with the
   * certificate of a central. To be called before {@link #start}.
   */
  public void servePeers(ServerSocketChannel peers) throws IOException {
    peers.configureBlocking(false);
    acceptingPeers = peers.register(selector, SelectionKey.OP_ACCEPT);
  }

  private static ExecutorService worker(String name) {
    return workers(1, name);
  }

  private static ExecutorService workers(int count, String name) {
    return Executors.newFixedThreadPool(count, Thread.ofPlatform().name(name).factory());
  }

  /** Starts the loop's thread, which owns the ledgers from now on. */
  public void start(Ledgers served) {
    ledgers = served;
    syncers = workers(served.most(), "syncer"); // each ledger has one block to be stored at most
    thread.start();
  }

  /** As {@link Beside#send}; waits while very much is waiting already. */
  @Override
  public void send(Beside.Task task) {
    try {
      tasks.put(task);
      selector.wakeup();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has something done with the ledgers, on the loop's thread. */
  public void ask(Consumer<Ledgers> request) {
    send(() -> request.accept(ledgers()));
  }

  @Override
  public <T> void run(Work<T> work, Then<T> then) {
    beside.execute(() -> {
      try {
        T result = work.run();
        send(() -> then.done(result));
      } catch (IOException failed) {
        // After the end the loop runs no task: a failure that the interrupt caused is dropped.
        send(() -> then.failed(failed));
      } catch (RuntimeException | Error impossible) {
        halt.halt(impossible);
      }
    });
  }

  private void run() {
    try {
      long now = System.nanoTime();
      sweepAt = now + sweepNanos;
      tickAt = now;
      missingAt = now + MISSING_NANOS;
      log.accepting();
      while (!isOver(System.nanoTime())) {
        turn();
      }
      for (Connection connection : List.copyOf(open)) {
        connection.close();
      }
    } catch (IOException | RuntimeException | Error failed) {
      // Not even a last word, which would say how many bets are stored: nobody knows.
      halt.halt(failed);
    }
  }

  private void turn() throws IOException {
    select();
    runTasks();
    long now = System.nanoTime();
    read(now);
    endGroups();
    write(System.nanoTime());
    if (now - sweepAt >= 0) {
      sweep(now);
      sweepAt = now + sweepNanos;
    }
  }

  // Select and read.

  private void select() throws IOException {
    boolean canRead = mayRead() && hasReadable();
    long wait = sweepAt - System.nanoTime();
    if (canRead || wait <= 0) {
      selector.selectNow(this::selected);
    } else {
      ready.forEach(Connection::pause); // until the block is stored, or the log is read, or the end
      selector.select(this::selected, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    }
  }

  private void selected(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.channel() instanceof ServerSocketChannel) {
      accept(key);
      return;
    }
    Connection connection = (Connection) key.attachment();
    if (key.isWritable() || key.isConnectable()) {
      dirty(connection);
    }
    if (key.isReadable()) {
      ready(connection);
    }
  }

  /** There is something to read, or a connection can go on with what it has received already. */
  void ready(Connection connection) {
    if (!connection.isReady) {
      connection.isReady = true;
      ready.add(connection);
    }
  }

  private void accept(SelectionKey door) {
    try {
      for (int i = 0; i < ACCEPTS_MAX; i++) {
        SocketChannel channel = ((ServerSocketChannel) door.channel()).accept();
        if (channel == null) {
          return;
        }
        accept(channel, door.equals(acceptingPeers));
        log.accepting();
      }
    } catch (IOException failed) {
      log.acceptFailed(failed);
      door.interestOps(0);
      acceptAt = System.nanoTime() + ACCEPT_RETRY_NANOS;
    }
  }

  private void accept(SocketChannel channel, boolean ofPeer) {
    String ip = channel.socket().getInetAddress().getHostAddress();
    boolean logged = log.accepted(ip);
    accepted++;
    figures.connections(open.size(), accepted);
    try {
      channel.configureBlocking(false);
      if (open.size() >= bounds.connections()) {
        busy(channel, ip, logged);
        return;
      }
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection =
          new Connection(
              this, channel, key, gate, deadlines, ip, logged, ofPeer, null, System.nanoTime());
      key.attach(connection);
      add(connection);
    } catch (IOException _) {
      close(channel); // it has gone already
      if (logged) {
        log.connectionClosed(ip);
      }
    }
  }

  /**
   * Makes a connection to another central, without waiting for it.
   *
   * @param far what it is for
   * @throws IOException if that fails at once
   */
  Connection dial(InetSocketAddress to, Relay.Far far, long now) throws IOException {
    if (open.size() >= bounds.connections()) {
      throw new IOException("%d connections are open".formatted(bounds.connections()));
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean _ = channel.connect(to);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      String ip = to.getAddress().getHostAddress();
      Connection connection =
          new Connection(this, channel, key, gate, deadlines, ip, false, false, far, now);
      key.attach(connection);
      add(connection);
      dirty(connection); // it may be there already
      return connection;
    } catch (UnsupportedAddressTypeException unreachable) {
      close(channel);
      throw new IOException("is an address that this machine has no network for", unreachable);
    } catch (IOException | RuntimeException failed) {
      close(channel);
      throw failed;
    }
  }

  /** Tells one too many so, if it can understand it: it fits the empty buffer of a new socket. */
  private void busy(SocketChannel channel, String ip, boolean logged) throws IOException {
    figures.refused(Refusal.BUSY);
    if (gate == null) {
      Message.Refused busy =
          new Message.Refused(
              Refusal.BUSY, 0, 0, "%d connections are open".formatted(bounds.connections()));
      channel.write(ByteBuffer.wrap(Codec.encode(busy)));
    }
    close(channel);
    if (logged) {
      log.connectionClosed(ip);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }

  private void runTasks() throws IOException {
    List<Beside.Task> come = new ArrayList<>();
    tasks.drainTo(come);
    if (closeAt != 0) {
      return; // the ledger is closed
    }
    for (Beside.Task task : come) {
      task.run();
    }
  }

  /**
   * Whether anything is read now. Once the loop is to stop nothing is, until all that was decided
   * is stored: otherwise agencies that send on would always have something under way.
   */
  private boolean mayRead() {
    return !log.isFull() && (!stopping || closeAt != 0);
  }

  private boolean hasReadable() {
    for (Connection connection : ready) {
      if (!connection.waits(INPUT_BYTES)) {
        return true;
      }
    }
    return false;
  }

  /** Reads each connection that has something once, if there is room for it, and for its lines. */
  private void read(long now) {
    for (int left = ready.size(); left > 0 && mayRead(); left--) {
      Connection connection = ready.remove();
      if (connection.waits(INPUT_BYTES)) {
        ready.add(connection);
        continue;
      }
      connection.isReady = false;
      if (!connection.isClosed()) {
        connection.read(input, now);
        account(connection);
      }
    }
    admit();
  }

  // Store.

  private void endGroups() throws IOException {
    for (Ledger ledger : ledgers().here()) {
      endGroups(ledger);
    }
  }

  private void endGroups(Ledger ledger) throws IOException {
    while (!ledger.isStoring() && ledger.hasGroup()) {
      Optional<Block> block = ledger.endGroup();
      if (block.isPresent()) {
        watchDirectory();
        Objects.requireNonNull(syncers).execute(() -> send(store(ledger, block.get())));
      } else {
        ledgers().settle(); // all are answered: a partition that is to be given back may go now
      }
    }
  }

  /**
   * Makes sure that the directory is still the ledger's; now and then, since that takes a while.
   */
  private void watchDirectory() throws IOException {
    long now = System.nanoTime();
    if (now - watchedAt >= WATCH_NANOS) {
      watchedAt = now;
      directory.check();
    }
  }

  /** Stores a block, on a syncer's thread; what the loop is to make of that. */
  private Beside.Task store(Ledger ledger, Block block) {
    long since = System.nanoTime();
    try {
      ledger.store(block);
      long took = System.nanoTime() - since;
      return () -> {
        syncs.record(took);
        ledger.stored();
        ledgers().settle();
      };
    } catch (StorageFullException full) {
      return () -> ledger.notStored(full);
    } catch (IOException failed) {
      return () -> {
        throw failed;
      };
    } catch (RuntimeException | Error impossible) {
      halt.halt(impossible);
      throw impossible;
    }
  }

  // Write.

  /** There is something to send. */
  void dirty(Connection connection) {
    if (!connection.isDirty) {
      connection.isDirty = true;
      dirty.add(connection);
    }
  }

  private void write(long now) {
    while (!dirty.isEmpty()) {
      Connection connection = dirty.remove();
      connection.isDirty = false;
      connection.write(now);
      account(connection);
    }
  }

  // Bounds and deadlines.

  /** Counts the memory that a connection holds; beyond what all may, the oldest is closed. */
  private void account(Connection connection) {
    int held = connection.countUnproven();
    unprovenBytes += held - connection.unprovenBytes;
    connection.unprovenBytes = held;
    if (held == 0) {
      unproven.remove(connection);
    } else {
      unproven.add(connection);
      while (unprovenBytes > bounds.unprovenBytes()) {
        Connection oldest = unproven.iterator().next();
        log.garbage(oldest.ip(), "unfinished, and the memory for such is used up");
        oldest.close();
      }
    }
    int waits = connection.countOutput();
    outputBytes += waits - connection.outputBytes;
    connection.outputBytes = waits;
    if (waits > 0 && outputBytes > bounds.outputBytes()) {
      connection.stuck();
    }
  }

  private void sweep(long now) throws IOException {
    for (Connection connection : List.copyOf(open)) {
      if (connection.isClosed()) {
        continue;
      }
      if (connection.isReady) {
        connection.ping(now); // what has come is received before it is judged: it may be in time
      } else {
        connection.tick(now);
      }
      account(connection);
    }
    if (now - acceptAt >= 0) {
      reopen(accepting);
      reopen(acceptingPeers);
    }
    if (closeAt == 0) {
      everySecond(now);
    }
    write(now);
  }

  private static void reopen(@Nullable SelectionKey door) {
    if (door != null && door.isValid() && door.interestOps() == 0) {
      door.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void everySecond(long now) throws IOException {
    if (now - tickAt >= 0) {
      tickAt = now + TICK_NANOS;
      watchDirectory();
      ledgers().settle();
    }
    if (now - missingAt >= 0) {
      missingAt = now + MISSING_NANOS;
      log.missing(ledgers().missing());
    }
  }

  private void add(Connection connection) {
    open.add(connection);
    figures.connections(open.size(), accepted);
  }

  /** A connection was closed. */
  void closed(Connection connection) {
    open.remove(connection);
    figures.connections(open.size(), accepted);
    account(connection);
    awaitingHandshake.remove(connection);
    if (connection.isLogged()) {
      log.connectionClosed(connection.ip());
    }
  }

  // TLS.

  /** The connection waits until there is room for its handshake. */
  void awaitHandshake(Connection connection) {
    connection.pause();
    awaitingHandshake.add(connection);
  }

  /** Handshakes have ended: as many may begin. */
  private void admit() {
    for (int room = gate == null ? 0 : gate.room(); room > 0; room--) {
      Connection next = awaitingHandshake.poll();
      if (next == null) {
        return;
      }
      ready(next);
    }
  }

  // The end.

  /** Accepts no more, stores what was decided, tells every agency, and ends. Idempotent. */
  @Override
  public void close() {
    if (thread.isAlive()) {
      send(this::stop);
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (syncers != null) {
      syncers.shutdownNow();
    }
    beside.shutdownNow(); // an interrupt cuts off what reads or writes a file
    if (gate != null) {
      gate.close();
    }
    awaitEnd(beside);
    try {
      closeDoors(); // they are open still if the loop was never started
      selector.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }

  /** What is still at the directory is to end before that is given back. */
  private static void awaitEnd(ExecutorService worker) {
    try {
      var _ = worker.awaitTermination(CLOSE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws IOException {
    if (!stopping) {
      stopping = true;
      closeDoors();
      log.listenerClosed();
    }
  }

  private void closeDoors() throws IOException {
    listener.close();
    if (acceptingPeers != null) {
      acceptingPeers.channel().close();
    }
  }

  /** Whether all is said and done. */
  private boolean isOver(long now) throws IOException {
    if (!stopping || ledgers().here().stream().anyMatch(Ledger::hasWork)) {
      return false;
    }
    if (closeAt == 0) {
      closeAt = now + CLOSE_NANOS;
      for (Ledger ledger : ledgers().here()) {
        ledger.goDown();
        ledger.close();
      }
      write(now);
      for (Connection connection : List.copyOf(open)) {
        if (!connection.isTelling()) {
          connection.close();
        }
      }
    }
    return open.isEmpty() || now - closeAt >= 0;
  }

  Ledgers ledgers() {
    return Objects.requireNonNull(ledgers, "not started");
  }

  ServerLog log() {
    return log;
  }

  /** Counts a refusal that is not the ledger's. */
  void counts(Refusal refusal) {
    figures.refused(refusal);
  }

  /** The port that is listened on. */
  public int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }
}
