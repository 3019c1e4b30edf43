package loteria.checks.simulation;

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
import loteria.journal.Block;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.StorageFullException;
import loteria.journal.ZerosAhead;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.ledger.Beside;
import loteria.server.ledger.Closing;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Letter;
import loteria.server.ledger.Request;

/**
 * The central's program, started again whenever it dies: the real ledger and its sessions over its
 * real files, and in place of the loop's selector and threads the agenda, which says when a turn
 * comes, when a block is stored, and when what is done beside the loop is done. For one thread.
 */
final class CentralSide implements Beside {
  static final String JOURNAL = DataDirectory.JOURNAL;
  static final String SEALED = DataDirectory.BETS;
  static final String SEALED_UNFINISHED = DataDirectory.BETS_UNFINISHED;

  /** How often the ledger is reminded of what it could not do. */
  private static final long TICK = Agenda.SECOND;

  /** What one turn reads at most, with room for the whole of it. */
  private static final int INPUT_BYTES = 1 << 17;

  private record Running(Directory directory, Ledger ledger) {}

  /** What the program does, until it dies of it. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  private final World world;
  private final ServerLog log;
  private final ZerosAhead ahead;
  private final long storeWaitMax;
  private final Queue<CentralConversation> ready = new ArrayDeque<>();
  private final List<CentralConversation> conversations = new ArrayList<>();
  private final Map<Integer, CentralConversation> welcomed = new HashMap<>();
  private Optional<Running> running = Optional.empty();
  private boolean turnPlanned;

  /** How many programs have ended: events of an earlier one are void. */
  private int life;

  CentralSide(World world) {
    this.world = world;
    this.log = new ServerLog(CentralLog.of(world));
    boolean slow = world.chance().oneIn(5);
    if (slow) {
      world.note(Fault.SLOW_DISK);
    }
    this.storeWaitMax = slow ? 300 * Agenda.MILLISECOND : 4 * Agenda.MILLISECOND;
    // Zeros from the first block on, or none: written within the call that asks for them, for the
    // disk is of one thread.
    this.ahead =
        new ZerosAhead(Runnable::run, world.chance().oneIn(3) ? Integer.MAX_VALUE : 0, 600, 8000);
  }

  boolean isUp() {
    return running.isPresent();
  }

  private Ledger ledger() {
    return running.orElseThrow().ledger();
  }

  /** Starts the program, or lets another try follow. */
  void start() {
    if (isUp()) {
      return;
    }
    world.transcript().note("the central starts");
    noteWhereItGoesOn();
    world.disk().restart();
    world.troubles().atStart();
    try {
      running = Optional.of(open());
    } catch (Death death) {
      die(death.isOfTheMachine());
      return;
    } catch (IOException refused) {
      notStarted(refused);
      return;
    }
    world.judge().started();
    world.troubles().started();
    tick(life);
  }

  private Running open() throws IOException {
    Directory directory = DataDirectory.take(world.disk().directory(), ahead);
    try {
      Ledger.Settings settings =
          new Ledger.Settings(
              OptionalInt.of(Truth.NUMBER),
              Ledger.WINDOW,
              this,
              () -> Instant.EPOCH,
              world::nanoTime);
      return new Running(
          directory, Ledger.open(directory, new Figures(world.truth().agencies()), settings, log));
    } catch (IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  private void noteWhereItGoesOn() {
    byte[] journal = world.disk().bytes(JOURNAL);
    Found found = Found.in(journal, world.truth().agencies());
    if (found.seal().isEmpty() && !found.closed().isEmpty()) {
      world.note(Reached.RESTART_AFTER_CLOSING);
    }
    if (found.drawn().isPresent()) {
      world.note(Reached.RESTART_AFTER_DRAW);
    } else if (found.seal().isPresent()) {
      world.note(Reached.RESTART_BETWEEN_SEAL_AND_DRAW);
    } else if (found.isComplete()) {
      world.note(Reached.RESTART_BETWEEN_FINISH_AND_SEAL);
    } else if (found.hasFinishes()) {
      world.note(Reached.RESTART_AFTER_SOME_FINISHES);
    } else if (life > 0 && found.validBytes() == 0) {
      world.note(Reached.TORN_HEADER);
    }
  }

  /** A start fails for what was done to the disk, and for nothing else. */
  private void notStarted(IOException refused) {
    world.transcript().note("the central does not start: %s", refused);
    if (world.disk().hasStruck()) {
      die(false);
      return;
    }
    if (world.troubles().mendRot()) {
      world.note(Reached.ROT_REFUSED);
    } else {
      throw new Violation("with nothing wrong with its disk, the central does not start", refused);
    }
    die(false);
  }

  private void tick(int ofLife) {
    if (ofLife == life && isUp()) {
      guard(() -> {
        running.orElseThrow().directory().check();
        ledger().settle();
      });
      planTurn();
      if (ofLife == life) {
        world.agenda().in(TICK, () -> tick(ofLife));
      }
    }
  }

  /** Takes a connection; the central must be up. */
  Connection accept(Wire.Reader agency) {
    CentralConversation conversation = new CentralConversation(world, this, ledger(), agency);
    conversations.add(conversation);
    return conversation.connection();
  }

  /** A connection has something to be read. */
  void hasBytes(CentralConversation conversation) {
    if (isUp() && conversations.contains(conversation)) {
      if (!ready.contains(conversation)) {
        ready.add(conversation);
      }
      planTurn();
    }
  }

  /** An operator asks. */
  void ask(Closing closing, Request.Operator operator) {
    guard(() -> ledger().ask(closing, operator));
    planTurn();
  }

  private void planTurn() {
    if (!turnPlanned && isUp()) {
      turnPlanned = true;
      int ofLife = life;
      world
          .agenda()
          .in(
              world.chance().between(50L, 2 * Agenda.MILLISECOND),
              () -> {
                if (ofLife == life) {
                  turnPlanned = false;
                  guard(this::turn);
                }
              });
    }
  }

  /** A turn of the loop: reads what has come, and has the group stored. */
  private void turn() throws IOException {
    int read = 0;
    while (!ready.isEmpty() && ledger().hasRoom(INPUT_BYTES)) {
      ready.remove().read();
      read++;
    }
    if (read > 1) {
      world.note(Reached.GROUP);
    }
    store();
  }

  private void store() throws IOException {
    while (!ledger().isStoring() && ledger().hasGroup()) {
      Optional<Block> block = ledger().endGroup();
      if (block.isPresent()) {
        running.orElseThrow().directory().check();
        if (world.chance().oneIn(2)) {
          store(block.get());
        } else {
          storeLater(block.get());
        }
      }
    }
  }

  /** The syncer has the block: what comes meanwhile is the next group. */
  private void storeLater(Block block) {
    int ofLife = life;
    world
        .agenda()
        .in(
            world.chance().between(50L, storeWaitMax),
            () -> {
              if (ofLife == life) {
                guard(() -> {
                  if (ledger().hasGroup()) {
                    world.note(Reached.GROUP_BEHIND_A_BLOCK);
                  }
                  store(block);
                  store();
                });
                planTurn();
              }
            });
  }

  private void store(Block block) throws IOException {
    try {
      ledger().store(block);
    } catch (StorageFullException full) {
      ledger().notStored(full);
      return;
    }
    ledger().stored();
  }

  /** Beside the loop: the work at one moment, its result at a later one. */
  @Override
  public <T> void run(Work<T> work, Then<T> then) {
    int ofLife = life;
    later(
        ofLife,
        () -> {
          try {
            T result = work.run();
            later(ofLife, () -> then.done(result));
          } catch (IOException failed) {
            later(ofLife, () -> then.failed(failed));
          }
        });
  }

  @Override
  public void send(Letter letter) {
    later(life, letter::open);
  }

  private void later(int ofLife, Deed deed) {
    world
        .agenda()
        .in(
            world.chance().between(10L, 5 * Agenda.MILLISECOND),
            () -> {
              if (ofLife == life) {
                guard(deed);
                planTurn();
              }
            });
  }

  /** Has a connection written to, later, if the program still runs. */
  void writeSoon(Runnable write, long wait) {
    int ofLife = life;
    world
        .agenda()
        .in(
            wait,
            () -> {
              if (ofLife == life) {
                write.run();
                planTurn();
              }
            });
  }

  /** Lets the program do something: it may die of it, or halt. */
  void guard(Deed deed) {
    try {
      deed.run();
    } catch (Death death) {
      die(death.isOfTheMachine());
    } catch (IOException failed) {
      if (!world.disk().hasStruck()) {
        throw new Violation("with nothing wrong with its disk, the ledger fails", failed);
      }
      world.transcript().note("the ledger fails: %s", failed);
      world.note(Reached.HALTED);
      die(false);
    }
  }

  /** Only the session that was welcomed last is served. */
  void noteSaid(CentralConversation conversation, int agency, Message.FromCentral message) {
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

  /** A connection is gone. */
  void forget(CentralConversation conversation) {
    conversations.remove(conversation);
    ready.remove(conversation);
  }

  /** The program dies, and perhaps the machine; what it had written may still get out. */
  void die(boolean machine) {
    world.transcript().note("the central's %s dies", machine ? "machine" : "program");
    List<CentralConversation> open = List.copyOf(conversations);
    for (CentralConversation conversation : open) {
      conversation.die(machine);
    }
    end();
    if (machine) {
      world.disk().losePower();
    }
    world.agenda().in(world.chance().between(Agenda.MILLISECOND, 3 * Agenda.SECOND), this::start);
  }

  /** SIGTERM: what was decided is stored and answered, everybody is told, all is closed. */
  void terminate() {
    int ofLife = life;
    world.transcript().note("the central is asked to stop");
    if (ledger().isStoring()) {
      world
          .agenda()
          .in(
              storeWaitMax,
              () -> {
                if (ofLife == life) {
                  terminate();
                }
              });
      return;
    }
    guard(() -> {
      while (ledger().hasGroup()) {
        Optional<Block> block = ledger().endGroup();
        if (block.isPresent()) {
          store(block.get());
        }
      }
      ledger().goDown();
    });
    if (ofLife == life) {
      List.copyOf(conversations).forEach(CentralConversation::stop);
      guard(() -> ledger().close());
    }
    if (ofLife == life) {
      end();
      world.agenda().in(world.chance().between(Agenda.MILLISECOND, Agenda.SECOND), this::start);
    }
  }

  /** Gives back what the system takes back when a program ends. Idempotent. */
  void end() {
    life++;
    turnPlanned = false;
    ready.clear();
    conversations.clear();
    welcomed.clear();
    running.ifPresent(program -> {
      try {
        program.directory().close();
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
    });
    running = Optional.empty();
  }
}
