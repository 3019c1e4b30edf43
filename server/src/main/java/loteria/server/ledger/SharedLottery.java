package loteria.server.ledger;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.SharedLog;
import loteria.journal.Storage;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.server.operator.Drawing;
import loteria.server.operator.Request;
import org.jspecify.annotations.Nullable;

/**
 * A lottery that several centrals share, as one of them sees it: the whole of it, from its copies
 * of all partitions, and a ledger for each partition that it owns.
 *
 * <pre>
 *   log: others' blocks -> followed -> whole <- stored <- ledgers of own partitions <- sessions
 *                                        |
 *                    complete: sealed and drawn, by the owner of the draw's partition
 * </pre>
 *
 * <p>What the log says is applied on the loop's thread, in the order of each partition. The first
 * record of the draw's partition says what the lottery is; nobody is served before it is known.
 *
 * <p>The methods of {@link Ledgers} are for the loop's thread, those of {@link SharedLog.Listener}
 * for the log's.
 */
public final class SharedLottery implements Ledgers, SharedLog.Listener {
  private final SharedLog shared;
  private final LedgerState whole;
  private final Sealing sealing;
  private final Ledger.Settings settings;
  private final ServerLog log;
  private final Consumer<OptionalInt> leads;
  private final Consumer<IOException> halt;
  private final Message.Announced own;

  // Of the loop's thread.
  private final Map<Integer, Ledger> owned = new HashMap<>();
  private final Map<Integer, CompletableFuture<Void>> leaving = new HashMap<>();
  private List<Ledger> here = List.of();
  private boolean announced;

  private volatile boolean closing;

  /**
   * The lottery of a log that is not followed yet.
   *
   * @param directory where the sealed file is written
   * @param leads is told, on the loop's thread, whenever it is for this central to seal and draw,
   *     and of the number that was drawn, if one was
   * @param halt ends the process
   */
  public SharedLottery(
      SharedLog shared,
      Directory directory,
      Figures figures,
      Ledger.Settings settings,
      ServerLog log,
      Consumer<OptionalInt> leads,
      Consumer<IOException> halt) {
    this.shared = shared;
    this.whole = new LedgerState(figures);
    this.settings = settings;
    this.log = log;
    this.leads = leads;
    this.halt = halt;
    this.own = new Message.Announced(figures.agencies(), shared.betPartitions(), shared.topics());
    this.sealing = new Sealing(directory, whole, this::read, settings, log);
  }

  /** Follows the log from now on. The loop must have been started. */
  public void start() throws IOException {
    shared.start(this);
  }

  private int partition(int agency) {
    return SharedLog.partition(agency, shared.betPartitions());
  }

  private boolean isDraw(int partition) {
    return partition == shared.betPartitions();
  }

  private ByteBuffer read(int agency, long position) throws IOException {
    return Journal.read(shared.copy(partition(agency)), position);
  }

  // What the log says.

  @Override
  public void followed(int partition, long from, long to) throws IOException {
    onLoop(() -> {
      whole.figures().grown(to - from);
      Journal.visit(
          shared.copy(partition),
          from,
          to,
          (position, record) -> take(partition, position, record));
      settle();
    });
  }

  @Override
  public void caughtUp() throws IOException {
    onLoop(whole.figures()::started);
  }

  private void take(int partition, long position, ByteBuffer record) throws IOException {
    if (!isDraw(partition)) {
      whole.recover(position, record);
    } else if (FrameReader.decode(record) instanceof FrameReader.Whole frame
        && frame.decode() instanceof Message.Entry entry) {
      takeOfDraw(entry);
    } else {
      throw new IOException("the draw's record at %d is not of a lottery".formatted(position));
    }
  }

  private void takeOfDraw(Message.Entry entry) throws IOException {
    if (entry instanceof Message.Announced announcement) {
      require(announcement);
    } else if (announced) {
      sealing.followed(entry);
    } else {
      throw new IOException("the draw's first record does not say what the lottery is");
    }
  }

  private void require(Message.Announced announcement) throws ContradictionException {
    if (announcement.agencies() != own.agencies()) {
      throw contradiction("agencies", own.agencies(), announcement.agencies());
    }
    if (announcement.partitions() != own.partitions()) {
      throw contradiction("partitions", own.partitions(), announcement.partitions());
    }
    if (!announcement.topics().equals(own.topics())) {
      throw new ContradictionException(
          "the topics were deleted and made again since the lottery began: their ids are %s, and were %s"
              .formatted(own.topics(), announcement.topics()));
    }
    announced = true;
  }

  private static ContradictionException contradiction(String what, int own, int announced) {
    return new ContradictionException(
        "%s: %d here, and the lottery was begun with %d".formatted(what, own, announced));
  }

  @Override
  public void assigned(int partition) throws IOException {
    Storage storage = shared.take(partition);
    Journal journal = Journal.open(storage, (_, _) -> {}); // what it says was followed already
    try {
      boolean begins = isDraw(partition) && journal.recovery().records() == 0;
      if (begins) {
        var _ = journal.append(List.of(ByteBuffer.wrap(Codec.encode(own))));
      }
      onLoop(() -> {
        announced |= begins;
        add(partition, journal);
      });
    } catch (IOException | RuntimeException failed) {
      journal.close();
      throw failed;
    }
  }

  private void add(int partition, Journal journal) throws IOException {
    Ledger ledger =
        Ledger.of(whole, journal, sealing, () -> shared.requireOwned(partition), settings, log);
    owned.put(partition, ledger);
    here = List.copyOf(owned.values());
    sealing.join(ledger);
    if (isDraw(partition)) {
      sealing.lead(ledger);
      leads.accept(sealing.drawn());
    }
    settle();
  }

  @Override
  public void revoked(int partition) throws IOException {
    await(giveBack(partition));
  }

  /**
   * Begins to give a partition back: its agencies are told so once what was decided is stored, the
   * seal or the draw included that is being made. The thread of the log that owns it.
   *
   * @return done when the journal is closed
   */
  public CompletableFuture<Void> giveBack(int partition) throws IOException {
    CompletableFuture<Void> left = new CompletableFuture<>();
    onLoop(() -> {
      Ledger ledger = owned.get(partition);
      if (ledger == null) {
        left.complete(null);
      } else {
        ledger.retire();
        leaving.put(partition, left);
        settle();
      }
    });
    return left;
  }

  private void leave() throws IOException {
    for (Map.Entry<Integer, CompletableFuture<Void>> going : List.copyOf(leaving.entrySet())) {
      int partition = going.getKey();
      Ledger ledger = owned.get(partition);
      if (ledger != null && isDone(ledger) && !sealing.needs(ledger)) {
        owned.remove(partition);
        leaving.remove(partition);
        here = List.copyOf(owned.values());
        sealing.leave(ledger);
        ledger.close();
        going.getValue().complete(null);
      }
    }
  }

  /** Whether another central may have the ledger; a stop waits for no question to the brokers. */
  private boolean isDone(Ledger ledger) {
    return closing ? !ledger.hasWork() : ledger.hasAnswered();
  }

  @Override
  public void unsafe(List<String> wrong) {
    wrong.forEach(log::unsafeLog);
    if (wrong.isEmpty()) {
      log.safeLog();
    }
    whole.figures().unsafe(wrong);
  }

  @Override
  public void failed(IOException why) {
    halt.accept(why);
  }

  /** Has it done on the loop's thread, and waits for that. */
  private void onLoop(Beside.Task task) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    settings
        .beside()
        .send(() -> {
          try {
            task.run();
            done.complete(null);
          } catch (IOException failed) {
            done.completeExceptionally(failed);
            throw failed; // which halts the central
          }
        });
    await(done);
  }

  private static void await(CompletableFuture<Void> done) throws IOException {
    try {
      done.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the central ends");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException why) {
        throw why;
      }
      throw new IOException(failed.getCause());
    }
  }

  // As the ledgers of the loop.

  @Override
  public List<Ledger> here() {
    return here;
  }

  @Override
  public int most() {
    return shared.betPartitions() + 1;
  }

  @Override
  public Route route(int agency) {
    int partition = partition(agency);
    if (!announced) {
      return new Route.Nowhere("nobody has begun the lottery yet");
    }
    Ledger ledger = owned.get(partition);
    if (ledger != null && !leaving.containsKey(partition)) {
      return new Route.Here(ledger);
    }
    return shared
        .owner(partition)
        .<Route>map(Route.There::new)
        .orElseGet(() ->
            new Route.Nowhere("nobody is known to have partition %d now".formatted(partition)));
  }

  @Override
  public void settle() throws IOException {
    leave();
    sealing.advance();
  }

  @Override
  public void ask(Request request, Request.Operator operator) {
    String refused =
        switch (request) {
          case Closing closing ->
              closing.agency().isPresent()
                  ? ask(partition(closing.agency().getAsInt()), request, operator)
                  : "several centrals share the lottery: close one agency at a time, of "
                      + Sealing.some(missing());
          case Drawing _ -> ask(shared.betPartitions(), request, operator);
        };
    if (refused != null) {
      switch (request) {
        case Closing _ -> log.closingRefused(refused);
        case Drawing _ -> log.drawingRefused(refused);
      }
      operator.told(new Answer.Refused(refused));
    }
  }

  /** Hands a request to the ledger of a partition; why not, if it is not here. */
  private @Nullable String ask(int partition, Request request, Request.Operator operator) {
    Ledger ledger = owned.get(partition);
    if (ledger != null && !leaving.containsKey(partition)) {
      ledger.ask(request, operator);
      return null;
    }
    return "ask the central that has %s: %s"
        .formatted(
            isDraw(partition) ? "the draw" : "the agency",
            shared.owner(partition).orElse("none has it now"));
  }

  @Override
  public List<Integer> missing() {
    boolean begun = whole.lottery().bets() > 0 || here.stream().anyMatch(Ledger::hasSessions);
    return begun ? whole.lottery().missing() : List.of();
  }

  @Override
  public Figures figures() {
    return whole.figures();
  }

  @Override
  public ServerLog log() {
    return log;
  }

  /** Leaves: partitions that are owned are given back in order. The loop must run still. */
  public void close() {
    closing = true;
    shared.close();
  }
}
