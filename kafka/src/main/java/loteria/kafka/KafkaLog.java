package loteria.kafka;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import loteria.journal.Directory;
import loteria.journal.FencedException;
import loteria.journal.ReadableStorage;
import loteria.journal.SharedLog;
import loteria.journal.Storage;
import loteria.kafka.brokers.Kafka;
import loteria.kafka.brokers.KafkaClients;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.UnsafeTopicsException;
import loteria.runtime.log.LogLines;
import loteria.runtime.settings.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * The log of a lottery in two topics of Kafka's. A record is what one sync has made durable: the
 * file header, or a block; the values of a partition, one after the other, are a journal.
 *
 * <pre>
 *   NAME.bets-0 … NAME.bets-(P-1), NAME.draw-0
 *      │ committed by others            ▲ one transaction, one record
 *   Follower ──▶ Copy (partition-N) ◀── PartitionStorage, of a partition that is owned
 *      │ followed      │ reads          ▲ take, close
 *      └────────▶ the central ◀── Membership: assigned, revoked
 * </pre>
 *
 * <p>The group says who owns what, and that alone keeps nobody from writing. The writer does: to
 * open one fences the one before, whatever the group says. So a central that was taken for dead
 * commits nothing more, and is told so by a {@link loteria.journal.FencedException}.
 *
 * <p>What fails is not tried again here: the clients have, for as long as there was hope.
 */
public final class KafkaLog implements SharedLog {
  /** How long undecided transactions hold up a take-over. */
  private static final long DECIDED_MILLIS_MAX = 30_000;

  /** How long a commit of this central's own may take, until somebody else's is suspected. */
  private static final long OWN_MILLIS_MAX = 30_000;

  /** What the brokers put behind the record of a transaction, in offsets. */
  private static final long MARKERS = 1;

  /** How often it is looked whether a commit is slow. */
  private static final long SLOW_MILLIS = 1_000;

  /** Two that ask the brokers, one that warms up, and one that must not wait for them. */
  private static final int WATCHING_THREADS = 4;

  private final Kafka kafka;
  private final Kafka.Layout layout;
  private final List<Copy> copies;
  private final KafkaLines lines;
  private final Pace pace;
  private final AtomicLong takeOvers = new AtomicLong();
  private final Map<Integer, PartitionStorage> owned = new ConcurrentHashMap<>();
  private final Set<Integer> lost =
      ConcurrentHashMap.newKeySet(); // of these: the group has given them away
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final ScheduledExecutorService watch =
      Executors.newScheduledThreadPool(
          WATCHING_THREADS, Thread.ofPlatform().daemon().name("kafka-watch-", 0).factory());
  private final AtomicBoolean failureTold = new AtomicBoolean();
  private volatile Map<Integer, InetSocketAddress> owners = Map.of(); // names are not looked up
  private volatile Map<Integer, String> addresses = Map.of(); // theirs, looked up
  private volatile boolean closing;
  private List<String> wrong = List.of(); // of the task that checks the topics

  // Of whoever starts and closes.
  private @Nullable Listener listener;
  private @Nullable Follower follower;
  private @Nullable Membership membership;

  /** How often the brokers are asked, in milliseconds: who owns what, and how the topics are. */
  record Pace(long ownersMillis, long topicsMillis) {
    static final Pace USUAL = new Pace(1_000, 60_000);
  }

  private KafkaLog(
      Kafka kafka, Kafka.Layout layout, List<Copy> copies, KafkaLines lines, Pace pace) {
    this.kafka = kafka;
    this.layout = layout;
    this.copies = copies;
    this.lines = lines;
    this.pace = pace;
  }

  /**
   * Opens the log of a lottery; its topics have to be there, and fit to keep bets.
   *
   * @param copies where the local copies are kept; those of before are emptied
   * @throws loteria.kafka.options.NoBrokersException if no broker answers
   * @throws UnsafeTopicsException if the topics, or the brokers, may lose bets
   * @throws IOException saying in one line what else is wrong
   */
  public static KafkaLog open(KafkaOptions options, Directory copies, LogLines log)
      throws IOException {
    if (options.peer() == null) {
      throw new IllegalArgumentException("a central that others cannot reach");
    }
    KafkaLines lines = new KafkaLines(log);
    KafkaLog opened = over(KafkaClients.open(options, lines::client), copies, log, Pace.USUAL);
    lines.opened(opened.layout, options.brokers());
    return opened;
  }

  /** As {@link #open}, over other brokers, which it owns from here on. */
  static KafkaLog over(Kafka kafka, Directory copies, LogLines log, Pace pace) throws IOException {
    List<Copy> opened = new ArrayList<>();
    try {
      KafkaLines lines = new KafkaLines(log);
      Kafka.Health health = kafka.health();
      health.warnings().forEach(lines::warning);
      if (!health.wrong().isEmpty()) {
        throw new UnsafeTopicsException(health.wrong());
      }
      Kafka.Layout layout = kafka.layout();
      for (int partition = 0; partition < layout.partitions(); partition++) {
        opened.add(Copy.open(copies, partition, layout.partition(partition)));
      }
      return new KafkaLog(kafka, layout, List.copyOf(opened), lines, pace);
    } catch (IOException | RuntimeException failed) {
      close(opened);
      kafka.close();
      throw failed;
    }
  }

  @Override
  public int betPartitions() {
    return layout.betPartitions();
  }

  @Override
  public List<UUID> topics() {
    return layout.topics();
  }

  @Override
  public void start(Listener told) throws IOException {
    if (listener != null || closing) {
      throw new IllegalStateException("the log is started once");
    }
    List<Long> ends = new ArrayList<>();
    for (int partition = 0; partition < layout.partitions(); partition++) {
      Kafka.Offsets offsets = kafka.offsets(partition);
      requireWhole(partition, offsets);
      ends.add(offsets.stable());
    }
    listener = told;
    follower = Follower.start(kafka.reader(), copies, ends, told, this::fail);
    membership = Membership.start(kafka, new Owner(told), this::fail);
    every(SLOW_MILLIS, this::tellSlow);
    every(pace.ownersMillis(), this::askOwners);
    every(pace.topicsMillis(), this::checkTopics);
    watch.execute(this::warmUp);
  }

  private void every(long millis, Runnable task) {
    Runnable watched =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error impossible) {
            // It would never be run again, and nobody would know.
            fail(new IOException("watching: " + impossible, impossible));
          }
        };
    var _ = watch.scheduleWithFixedDelay(watched, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Refuses a partition that begins late, or ends before what was seen of it. */
  private void requireWhole(int partition, Kafka.Offsets offsets) throws IOException {
    offsets.requireBeginning(layout.partition(partition));
    long seen = copies.get(partition).next();
    if (offsets.last() < seen) {
      throw new IOException(
          "%s ends at offset %d, and was committed up to %d before: the brokers have lost bets"
              .formatted(layout.partition(partition), offsets.last(), seen));
    }
  }

  @Override
  public Storage take(int partition) throws IOException {
    Follower following = follower;
    if (following == null || owned.containsKey(partition)) {
      throw new IllegalStateException(layout.partition(partition) + " cannot be taken now");
    }
    requireGoingOn();
    long begun = System.nanoTime();
    Kafka.Writer writer = kafka.writer(partition);
    try {
      long fenced = System.nanoTime();
      Copy copy = copies.get(partition);
      long end = decidedEnd(partition);
      await(following.upTo(partition, end), partition, end);
      copy.hasAllBefore(end - MARKERS);
      PartitionStorage storage =
          new PartitionStorage(
              layout.partition(partition),
              copy,
              writer,
              System::nanoTime,
              why -> commitFailed(partition, why),
              () -> given(partition, following));
      owned.put(partition, storage);
      takeOvers.incrementAndGet();
      lines.taken(
          layout.partition(partition),
          copy.size(),
          TimeUnit.NANOSECONDS.toMillis(fenced - begun),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fenced));
      return storage;
    } catch (IOException | RuntimeException failed) {
      writer.close();
      throw failed;
    }
  }

  /**
   * Where the partition ends, once all of it is decided. A transaction of a stranger would hide
   * what is committed behind it.
   */
  private long decidedEnd(int partition) throws IOException {
    Waiting waiting = new Waiting();
    while (true) {
      Kafka.Offsets offsets = kafka.offsets(partition);
      requireWhole(partition, offsets);
      if (offsets.stable() >= offsets.last()) {
        return offsets.stable();
      }
      if (waiting.isLongerThan(DECIDED_MILLIS_MAX)) {
        throw new IOException(
            "%s has a transaction at offset %d that nobody ends: somebody else writes to it"
                .formatted(layout.partition(partition), offsets.stable()));
      }
      requireGoingOn();
      Waiting.pause();
    }
  }

  private void await(CompletableFuture<Void> reached, int partition, long end) throws IOException {
    Copy copy = copies.get(partition);
    Waiting waiting = new Waiting();
    while (true) {
      try {
        reached.get(Waiting.STEP_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        requireGoingOn();
      } catch (ExecutionException failed) {
        throw new IOException(
            "%s is no longer read".formatted(layout.partition(partition)), failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
      if (!waiting.goesOn(copy.next())) {
        reached.cancel(false);
        throw Waiting.silence(layout.partition(partition), copy, end);
      }
    }
  }

  private void requireGoingOn() throws IOException {
    IOException why = failure.get();
    if (why != null) {
      throw new IOException("the log has failed: " + why.getMessage(), why);
    }
    if (closing) {
      throw new IOException("the log is being closed");
    }
  }

  /** What is there, and is not here, must become this central's own. */
  @Override
  public void requireOwned(int partition) throws IOException {
    long end = kafka.offsets(partition).last();
    Copy copy = copies.get(partition);
    Waiting waiting = new Waiting();
    while (copy.next() + MARKERS < end) {
      requireGoingOn();
      if (!owned.containsKey(partition)
          || lost.contains(partition)
          || waiting.isLongerThan(OWN_MILLIS_MAX)) {
        throw new FencedException(
            "%s goes on to offset %d, and this central has committed up to %d: another one owns it"
                .formatted(layout.partition(partition), end, copy.next()));
      }
      Waiting.pause();
    }
  }

  private void commitFailed(int partition, IOException why) {
    if (failure.compareAndSet(null, why)) {
      lines.lost(layout.partition(partition), why);
    }
  }

  /** The storage of a partition was closed: others may have it. */
  private void given(int partition, Follower following) {
    owned.remove(partition);
    lost.remove(partition);
    if (failure.get() == null) {
      lines.given(layout.partition(partition));
      following.resume(partition);
    }
  }

  /** What the group gives and takes, as long as there is something to give and take. */
  private final class Owner implements Membership.Owner {
    private final Listener told;

    Owner(Listener told) {
      this.told = told;
    }

    @Override
    public void assigned(int partition) throws IOException {
      if (failure.get() == null && !closing) {
        told.assigned(partition);
      }
    }

    @Override
    public void revoked(int partition) throws IOException {
      if (failure.get() != null || (closing && !owned.containsKey(partition))) {
        return;
      }
      told.revoked(partition);
      if (owned.containsKey(partition)) {
        throw new IOException(layout.partition(partition) + " was revoked, and not closed");
      }
    }

    @Override
    public void lost(int partition) {
      if (owned.containsKey(partition)) {
        lost.add(partition);
        lines.takenForDead(layout.partition(partition));
      }
    }
  }

  /** The log cannot go on: whoever owns it is told once, unless he has closed it. */
  private void fail(IOException why) {
    if (closing) {
      return;
    }
    if (failure.compareAndSet(null, why)) {
      owned.keySet().forEach(partition -> lines.lost(layout.partition(partition), why));
    }
    Listener told = listener;
    // A commit that has failed is known already to whoever made it, and perhaps to nobody else.
    if (told != null && failureTold.compareAndSet(false, true)) {
      told.failed(why);
    }
  }

  private void tellSlow() {
    owned.forEach((partition, storage) -> {
      long seconds = storage.takeSlowSeconds();
      if (seconds > 0) {
        lines.slow(layout.partition(partition), seconds);
      }
    });
  }

  private void askOwners() {
    try {
      Map<Integer, InetSocketAddress> found = Map.copyOf(kafka.owners());
      Map<Integer, String> known = new HashMap<>();
      found.forEach((partition, owner) -> {
        InetSocketAddress lookedUp = new InetSocketAddress(owner.getHostString(), owner.getPort());
        if (!lookedUp.isUnresolved()) {
          known.put(partition, text(lookedUp));
        }
      });
      owners = found;
      addresses = Map.copyOf(known);
    } catch (IOException _) {
      // What is known stays; it is asked again in a moment.
    }
  }

  private static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String host = ip.getHostAddress();
    return new HostPort(ip instanceof Inet6Address ? "[" + host + "]" : host, address.getPort())
        .toString();
  }

  private void checkTopics() {
    Listener told = listener;
    if (told == null) {
      return;
    }
    try {
      List<String> found = kafka.health().wrong();
      if (!found.equals(wrong) && !closing) {
        wrong = found;
        told.unsafe(found);
      }
      // It fails if a topic is missing, and that was told.
      List<String> changed = layout.changed(kafka.layout());
      if (!changed.isEmpty()) {
        fail(new IOException(String.join("; ", changed)));
      }
    } catch (IOException _) {
      // It is asked again in a minute. Whether anything can be stored meanwhile, commits tell.
    }
  }

  private void warmUp() {
    try {
      kafka.warmUp();
    } catch (IOException _) {
      // Then the first take-over takes longer.
    }
  }

  @Override
  public ReadableStorage copy(int partition) {
    return copies.get(partition);
  }

  @Override
  public Optional<String> owner(int partition) {
    return Optional.ofNullable(addresses.get(partition));
  }

  /** Who owns which partition, as far as it is known; names are not looked up. */
  public Map<Integer, InetSocketAddress> owners() {
    return owners;
  }

  /** The partitions that this central has taken, in order. */
  public List<Integer> owned() {
    return owned.keySet().stream().sorted().toList();
  }

  /** How often this central has taken a partition over. */
  public long takeOvers() {
    return takeOvers.get();
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    if (membership != null) {
      membership.close();
    }
    watch.shutdown();
    if (follower != null) {
      follower.close();
    }
    kafka.close();
    close(copies);
  }

  private static void close(List<Copy> copies) {
    for (Copy copy : copies) {
      try {
        copy.closeFile();
      } catch (IOException _) {
        // What it held is read again at the next start.
      }
    }
  }
}
