package loteria.checks.simulation.world;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import loteria.checks.simulation.disk.Death;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.truth.Truth;
import loteria.journal.Block;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.StorageFullException;
import loteria.journal.ZerosAhead;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.ledger.Beside;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Ledgers;
import loteria.server.operator.Request;
import loteria.server.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * One run of a central's program, from its start to its end: the real ledgers and sessions over
 * real files, and in place of the loop's selector and threads the agenda, which says when a turn
 * comes, when a block is stored, and when what is done beside the loop is done. For one thread.
 */
public abstract class Program implements Beside {
  /** How often the ledgers are reminded of what they could not do. */
  private static final long TICK = Agenda.SECOND;

  private static final List<Long> BESIDE =
      List.of(4 * Agenda.MILLISECOND, 300 * Agenda.MILLISECOND, 2 * Agenda.SECOND);

  /** What one turn reads at most, with room for the whole of it. */
  private static final int INPUT_BYTES = 1 << 17;

  /** What the program does, until it dies of it. */
  @FunctionalInterface
  public interface Deed {
    void run() throws IOException;
  }

  public final Node node;
  public final Figures figures;
  public final ServerLog log;
  private final World world;
  private final String name;
  private final ZerosAhead ahead;

  /** How long what is done beside the ledgers takes. */
  private final long besideMax;

  private final Queue<CentralConversation> ready = new ArrayDeque<>();
  private final List<CentralConversation> conversations = new ArrayList<>();
  private final Map<Integer, CentralConversation> welcomed = new HashMap<>();
  private @Nullable Directory directory;
  private boolean started;
  private boolean turnPlanned;
  private boolean alive = true;

  /**
   * A program that is not begun yet.
   *
   * @param zerosFrom a shorter file has no zeros ahead, which are written within the call that asks
   *     for them, for the disk is of one thread
   */
  protected Program(World world, Node node, String name, int zerosFrom) {
    this.world = world;
    this.node = node;
    this.name = name;
    this.figures = new Figures(world.truth.agencies());
    this.log = new ServerLog(CentralLog.of(world, name), world::nanoTime);
    this.ahead = new ZerosAhead(Runnable::run, zerosFrom, 600, 8000);
    this.besideMax = world.chance.of(BESIDE);
  }

  /** Opens the ledgers over a directory, and goes on where they have ended. */
  protected abstract void open(Directory taken, Ledger.Settings settings) throws IOException;

  /** What {@link #open} has opened. */
  protected abstract Ledgers ledgers();

  /** Whether a failure comes of what was done to the program. */
  protected abstract boolean isExcused(IOException failure);

  /** SIGTERM: what was decided is stored and answered, everybody is told, all is closed. */
  protected abstract void terminate();

  /** Starts the program, which may die of it. */
  final void begin() {
    world.transcript.note("%s starts", this);
    world.troubles().atStart();
    guard(() -> {
      Directory taken = DataDirectory.take(node.disk().directory(), ahead);
      directory = taken;
      open(
          taken,
          new Ledger.Settings(
              world.operatorDraws ? OptionalInt.empty() : OptionalInt.of(Truth.NUMBER),
              Ledger.WINDOW,
              this,
              () -> Instant.ofEpochMilli(world.agenda.now() / Agenda.MILLISECOND),
              world::nanoTime));
      started = true;
      tick();
    });
  }

  private void tick() {
    guard(() -> {
      checkDirectory();
      ledgers().settle();
    });
    if (alive) {
      world.agenda.in(TICK, this::tick);
    }
  }

  private void checkDirectory() throws IOException {
    if (directory != null) {
      directory.check();
    }
  }

  public final boolean isAlive() {
    return alive;
  }

  /** Whether a connection to it can be made. */
  protected boolean isReachable() {
    return started;
  }

  public final String address() {
    return node.address();
  }

  /** Whether it shows that the draw was held. */
  final boolean hasDrawn() {
    return figures.state() == Status.State.DRAWN;
  }

  // Agencies and operators.

  /** Takes a connection. */
  final void add(CentralConversation conversation) {
    conversations.add(conversation);
  }

  /** A connection is gone. */
  final void forget(CentralConversation conversation) {
    conversations.remove(conversation);
    ready.remove(conversation);
  }

  /** The connections that it has. */
  protected final List<CentralConversation> conversations() {
    return List.copyOf(conversations);
  }

  /** A connection has something to be read. */
  final void hasBytes(CentralConversation conversation) {
    if (alive && !ready.contains(conversation)) {
      ready.add(conversation);
    }
    planTurn();
  }

  /** An operator asks. */
  final void ask(Request request, Request.Operator operator) {
    guard(() -> ledgers().ask(request, operator));
  }

  /** Only the session that was welcomed last is served. */
  final void noteSaid(CentralConversation conversation, int agency, Message.FromCentral message) {
    if (message instanceof Message.Welcome) {
      welcomed.put(agency, conversation);
    } else if (!(message instanceof Message.Refused)) {
      Violation.unless(
          conversation.equals(welcomed.get(agency)),
          "a session of agency %d that was taken over is told %s",
          agency,
          message);
    }
  }

  // The loop.

  /** Lets the program do something, and then a turn of the loop: it may die of it, or halt. */
  public final void guard(Deed deed) {
    attempt(deed);
    planTurn();
  }

  private void attempt(Deed deed) {
    if (alive) {
      try {
        deed.run();
      } catch (Death death) {
        die(death.isOfTheMachine());
      } catch (IOException failure) {
        failed(failure);
      }
    }
  }

  /** Lets the program do something after a while, if it still runs. */
  protected final void later(long waitMax, Deed deed) {
    world.soon(waitMax, () -> guard(deed));
  }

  private void planTurn() {
    if (!turnPlanned && alive) {
      turnPlanned = true;
      world.soon(
          2 * Agenda.MILLISECOND,
          () -> {
            turnPlanned = false;
            attempt(this::turn);
          });
    }
  }

  /** Reads what has come, and has each group stored. */
  private void turn() throws IOException {
    int read = 0;
    for (CentralConversation conversation : List.copyOf(ready)) {
      if (conversation.hasRoom(INPUT_BYTES) && ready.remove(conversation)) {
        conversation.read();
        read++;
      }
    }
    if (read > 1) {
      world.note(Reached.GROUP);
    }
    for (Ledger ledger : ledgers().here()) {
      store(ledger);
    }
  }

  private void store(Ledger ledger) throws IOException {
    while (!ledger.isStoring() && ledger.hasGroup()) {
      Optional<Block> block = ledger.endGroup();
      if (block.isPresent()) {
        checkDirectory();
        nowOrLater(() -> store(ledger, block.get()));
      }
    }
  }

  /** The syncer has the block: what comes meanwhile is the next group. */
  private void store(Ledger ledger, Block block) throws IOException {
    if (ledger.hasGroup()) {
      world.note(Reached.GROUP_BEHIND_A_BLOCK);
    }
    try {
      ledger.store(block);
    } catch (StorageFullException full) {
      ledger.notStored(full);
      return;
    }
    // The answer may come later: meanwhile others may do what they like.
    nowOrLater(() -> {
      ledger.stored();
      ledgers().settle();
    });
  }

  private void nowOrLater(Deed deed) throws IOException {
    if (world.chance.oneIn(3)) {
      deed.run();
    } else {
      later(node.storeMax(), deed);
    }
  }

  /** Beside the loop: the work at one moment, its result at a later one. */
  @Override
  public final <T> void run(Work<T> work, Then<T> then) {
    later(
        besideMax,
        () -> {
          T result;
          try {
            result = work.run();
          } catch (IOException failure) {
            later(besideMax, () -> then.failed(failure));
            return;
          }
          later(besideMax, () -> then.done(result));
        });
  }

  @Override
  public final void send(Beside.Task task) {
    if (!alive) {
      throw new IllegalStateException(name + " has ended, and is told something");
    }
    guard(task::run);
  }

  // The end.

  /** The program cannot go on: it halts, and answers nobody any more. */
  protected final void failed(IOException failure) {
    if (!alive) {
      return;
    }
    if (!isExcused(failure)) {
      throw new Violation("with nothing wrong, %s halts".formatted(name), failure);
    }
    world.transcript.note("%s halts: %s", this, failure);
    if (started) {
      world.note(Reached.HALTED);
    }
    die(false);
  }

  /** The program ends at once, and perhaps the machine. */
  public void die(boolean machine) {
    if (alive) {
      world.transcript.note("%s dies%s", this, machine ? " with its machine" : "");
      end(machine);
      if (machine) {
        node.disk().losePower();
      }
    }
  }

  /** Gives back what the system takes back when a program ends. Idempotent. */
  public final void end(boolean machine) {
    if (!alive) {
      return;
    }
    alive = false;
    conversations().forEach(conversation -> conversation.dieWith(this, machine));
    try {
      if (directory != null) {
        directory.close();
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    node.ended();
  }

  @Override
  public final String toString() {
    return name;
  }
}
