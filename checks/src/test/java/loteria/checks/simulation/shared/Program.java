package loteria.checks.simulation.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Truth;
import loteria.checks.simulation.Violation;
import loteria.journal.Block;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.FencedException;
import loteria.journal.StorageFullException;
import loteria.journal.ZerosAhead;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.LogStyle;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.ledger.Beside;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Letter;
import loteria.server.ledger.Request;
import loteria.server.ledger.SharedLottery;
import loteria.server.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * One run of a central's program, from its start to its end: the real lottery with its ledgers and
 * sessions, and in place of the loop's selector and all threads the agenda. What the log tells is
 * taken at once, since the one thread that there is cannot wait for itself. For one thread.
 */
final class Program implements Beside {
  private static final long TICK = Agenda.SECOND;
  private static final long STORE_MAX = 4 * Agenda.MILLISECOND;
  private static final long TAKE_MAX = 300 * Agenda.MILLISECOND;
  private static final long GIVEN_MAX = 60 * Agenda.SECOND;
  private static final long LOST_AFTER = 6 * Agenda.SECOND;

  /** What one turn reads at most, with room for the whole of it. */
  private static final int INPUT_BYTES = 1 << 17;

  /** What the program does, until it ends of it. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  /** What the group asks for; says when it is done. */
  @FunctionalInterface
  private interface Task {
    void run(Runnable done) throws IOException;
  }

  private final SharedWorld world;
  private final Node node;
  private final String name;
  private final ProgramLog log;
  private final Figures figures;

  /** How long what is done beside the ledgers takes. */
  private final long besideMax;

  private final Queue<Task> tasks = new ArrayDeque<>();
  private final Queue<Call> ready = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private @Nullable Directory directory;
  private @Nullable SharedLottery lottery;
  private boolean taskRuns;
  private boolean turnPlanned;
  private boolean alive = true;
  private boolean silent;
  private long reachableAt;
  private boolean leaving;

  Program(SharedWorld world, Node node, String name) {
    this.world = world;
    this.node = node;
    this.name = name;
    this.log = new ProgramLog(world, this);
    this.figures = new Figures(world.truth.agencies());
    this.besideMax = world.chance.of(List.of(STORE_MAX, TAKE_MAX, 2 * Agenda.SECOND));
  }

  void start() throws IOException {
    // No zeros ahead: the files of this program are written once.
    Directory taken =
        DataDirectory.take(
            node.disk().directory(), new ZerosAhead(Runnable::run, Integer.MAX_VALUE, 600, 8000));
    directory = taken;
    Ledger.Settings settings =
        new Ledger.Settings(
            world.operatorDraws ? OptionalInt.empty() : OptionalInt.of(Truth.NUMBER),
            Ledger.WINDOW,
            this,
            () -> Instant.ofEpochMilli(world.agenda.now() / Agenda.MILLISECOND),
            world::nanoTime);
    SharedLottery begun =
        new SharedLottery(
            log, taken, figures, settings, new ServerLog(lines()), failure -> failed(failure));
    lottery = begun;
    begun.start();
    tick();
    world.soon(
        2 * Agenda.SECOND,
        () -> {
          if (alive) {
            world.group.join(this);
          }
        });
  }

  private LogLines lines() {
    OutputStream lines =
        new OutputStream() {
          @Override
          public void write(byte[] line, int from, int length) {
            String text = new String(line, from, length, UTF_8).strip();
            world.transcript.note("%s: %s", name, text);
            if (text.contains("action: store_bets ")) {
              world.note(Happened.SEAL_HAD_NO_ROOM);
            }
          }

          @Override
          public void write(int one) {
            throw new AssertionError("a line is one write");
          }
        };
    return new LogLines(lines, LogStyle.CENTRAL, Level.INFO, () -> Instant.EPOCH);
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether the group takes it for dead, and it goes on. */
  boolean isZombie() {
    return alive && silent;
  }

  /** Whether a connection to it can be made. */
  boolean isReachable() {
    return alive && world.agenda.now() >= reachableAt;
  }

  Node node() {
    return node;
  }

  String address() {
    return node.address();
  }

  ProgramLog log() {
    return log;
  }

  SharedLottery lottery() {
    if (lottery == null) {
      throw new IllegalStateException("not started");
    }
    return lottery;
  }

  /** Whether it shows that the draw was held. */
  boolean hasDrawn() {
    return figures.state() == Status.State.DRAWN;
  }

  private void tick() {
    if (alive) {
      guard(() -> {
        if (directory != null) {
          directory.check();
        }
        lottery().settle();
      });
      world.agenda.in(TICK, this::tick);
    }
  }

  // Agencies and operators.

  /** Takes a connection. */
  void add(Call call) {
    calls.add(call);
  }

  /** A connection is gone. */
  void forget(Call call) {
    calls.remove(call);
    ready.remove(call);
  }

  /** A connection has something to be read. */
  void hasBytes(Call call) {
    if (alive && !ready.contains(call)) {
      ready.add(call);
    }
    planTurn();
  }

  void ask(Request request, Request.Operator operator) {
    guard(() -> lottery().ask(request, operator));
  }

  // The loop.

  /** Lets the program do something, and then a turn of the loop: it may halt of it. */
  void guard(Deed deed) {
    attempt(deed);
    planTurn();
  }

  private void attempt(Deed deed) {
    if (alive) {
      try {
        deed.run();
      } catch (IOException failure) {
        failed(failure);
      }
    }
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
    int left = ready.size();
    for (; left > 0 && alive; left--) {
      Call call = ready.remove();
      if (call.hasRoom(INPUT_BYTES)) {
        call.read();
      } else {
        ready.add(call);
      }
    }
    for (Ledger ledger : lottery().here()) {
      store(ledger);
    }
  }

  private void store(Ledger ledger) throws IOException {
    while (!ledger.isStoring() && ledger.hasGroup()) {
      Optional<Block> block = ledger.endGroup();
      if (block.isPresent()) {
        Block stored = block.get();
        // The answer comes later than the commit: meanwhile others may do what they like.
        later(() -> {
          ledger.store(stored);
          later(() -> {
            ledger.stored();
            lottery().settle();
          });
        });
      }
    }
  }

  private void later(Deed deed) {
    later(STORE_MAX, deed);
  }

  private void later(long waitMax, Deed deed) {
    world.soon(waitMax, () -> guard(deed));
  }

  @Override
  public <T> void run(Work<T> work, Then<T> then) {
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
  public void send(Letter letter) {
    if (!alive) {
      throw new IllegalStateException(name + " has ended, and is told something");
    }
    guard(letter::open);
  }

  // The group.

  void assign(int partition) {
    add(done -> {
      lottery().assigned(partition);
      done.run();
    });
  }

  /** Gives a partition back; whoever asks is told when that is done. */
  void revoke(int partition, Runnable given) {
    add(done -> {
      boolean[] over = {false};
      world.agenda.in(
          GIVEN_MAX,
          () -> Violation.unless(over[0] || !alive, "%s keeps partition %d", name, partition));
      var _ =
          lottery()
              .giveBack(partition)
              .thenRun(() -> {
                over[0] = true;
                world.transcript.note("%s has given back partition %s", this, partition);
                given.run();
                done.run();
              });
    });
  }

  private void add(Task task) {
    tasks.add(task);
    nextTask();
  }

  /** One after the other, as the thread that owns partitions does them. */
  private void nextTask() {
    if (!taskRuns && !tasks.isEmpty()) {
      taskRuns = true;
      Task task = tasks.remove();
      world.soon(
          world.chance.oneIn(2) ? STORE_MAX : TAKE_MAX,
          () ->
              guard(() ->
                  task.run(() -> {
                    taskRuns = false;
                    nextTask();
                  })));
    }
  }

  // The end.

  /** The program cannot go on: it halts, and answers nobody any more. */
  void failed(IOException failure) {
    if (!alive) {
      return;
    }
    if (!log.hasMade(failure) && !isOfTheDisk(failure)) {
      throw new Violation("with nothing wrong, %s halts".formatted(name), failure);
    }
    world.transcript.note("%s halts: %s", name, failure);
    world.note(Happened.HALTED);
    die(false);
  }

  private boolean isOfTheDisk(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageFullException) {
        return node.disk().hasStruck();
      }
    }
    return false;
  }

  /**
   * The group takes the program for dead, which goes on until it notices; perhaps agencies cannot
   * reach it for a while either.
   */
  void fallSilent() {
    silent = true;
    if (world.chance.oneIn(2)) {
      reachableAt = world.agenda.now() + world.chance.between(Agenda.SECOND, 4 * Agenda.SECOND);
      List.copyOf(calls).forEach(Call::cut);
    }
    world.group.lost(this);
    world.soon(
        2 * LOST_AFTER,
        () ->
            guard(() -> {
              throw log.made(new FencedException("the group has given all to others"));
            }));
  }

  /** The program ends at once, and perhaps the machine; the group notices after a while. */
  void die(boolean machine) {
    if (!alive) {
      return;
    }
    world.transcript.note("%s dies%s", name, machine ? " with its machine" : "");
    end();
    if (machine) {
      node.disk().losePower();
    }
    world.soon(LOST_AFTER, () -> world.group.lost(this));
  }

  /** SIGTERM: what it owns is given back in order, and then it ends. */
  void terminate() {
    if (!leaving) {
      leaving = true;
      world.transcript.note("%s is asked to stop", name);
      world.group.leave(this, this::end);
    }
  }

  /** Gives back what the system takes back when a program ends. Idempotent. */
  void end() {
    if (!alive) {
      return;
    }
    alive = false;
    List.copyOf(calls).forEach(call -> call.dieWith(this));
    try {
      if (directory != null) {
        directory.close();
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    node.ended(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
