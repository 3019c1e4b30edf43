package loteria.checks.simulation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.ZerosAhead;
import loteria.protocol.Message;
import loteria.server.Ledger;
import loteria.server.Request;
import loteria.server.ServerLog;

/**
 * The central's program, started again whenever it dies: the real ledger over its real files, and a
 * queue in place of the ledger's thread. For one thread.
 */
final class CentralSide {
  static final String JOURNAL = "journal";
  static final String SEALED = "bets.csv";
  static final String SEALED_UNFINISHED = "bets.csv.unfinished";

  /** How often the ledger is reminded of what it could not do. */
  private static final long TICK = Agenda.SECOND;

  private record Running(Directory directory, Ledger ledger) {}

  /** What the ledger is asked to do. */
  @FunctionalInterface
  private interface Work {
    void on(Ledger ledger) throws IOException;
  }

  private final World world;
  private final ServerLog log;
  private final long groupWaitMax;
  private final Queue<Request> queue = new ArrayDeque<>();
  private final List<CentralConversation> conversations = new ArrayList<>();
  private final Map<Integer, CentralConversation> welcomed = new HashMap<>();
  private final ZerosAhead ahead;
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
    // Zeros from the first block on, or none: written within the call that asks for them, for the
    // disk is of one thread.
    this.ahead =
        new ZerosAhead(Runnable::run, world.chance().oneIn(3) ? Integer.MAX_VALUE : 0, 600, 8000);
    this.groupWaitMax = slow ? 300 * Agenda.MILLISECOND : 4 * Agenda.MILLISECOND;
  }

  boolean isUp() {
    return running.isPresent();
  }

  List<CentralConversation> conversations() {
    return conversations;
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
      return new Running(
          directory, Ledger.open(directory, world.truth().agencies(), Truth.NUMBER, log));
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
      work(Ledger::settle);
      world.agenda().in(TICK, () -> tick(ofLife));
    }
  }

  /** Takes a connection; the central must be up. */
  Connection accept(Wire.Reader agency) {
    CentralConversation conversation = new CentralConversation(world, this, agency);
    conversations.add(conversation);
    return conversation.connection();
  }

  /** A connection hands over a request. */
  void submit(Request request) {
    queue.add(request);
    planTurn();
  }

  private void planTurn() {
    if (!turnPlanned && !queue.isEmpty()) {
      turnPlanned = true;
      int ofLife = life;
      world.agenda().in(world.chance().between(50L, groupWaitMax), () -> turn(ofLife));
    }
  }

  private void turn(int ofLife) {
    if (ofLife != life) {
      return;
    }
    turnPlanned = false;
    processGroup();
    planTurn();
  }

  private void processGroup() {
    List<Request> group = new ArrayList<>();
    while (!queue.isEmpty() && group.size() < Ledger.GROUP_MAX) {
      group.add(queue.remove());
    }
    if (group.size() > 1) {
      world.note(Reached.GROUP);
    }
    work(ledger -> ledger.process(group));
  }

  private void work(Work work) {
    try {
      work.on(running.orElseThrow().ledger());
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
  }

  /** The program dies, and perhaps the machine; what writers had in hand may still get out. */
  void die(boolean machine) {
    world.transcript().note("the central's %s dies", machine ? "machine" : "program");
    for (CentralConversation conversation : List.copyOf(conversations)) {
      conversation.die(machine);
    }
    end();
    if (machine) {
      world.disk().losePower();
    }
    world.agenda().in(world.chance().between(Agenda.MILLISECOND, 3 * Agenda.SECOND), this::start);
  }

  /** SIGTERM: what was handed over is answered, everybody is told, all is closed. */
  void terminate() {
    int ofLife = life;
    world.transcript().note("the central is asked to stop");
    while (ofLife == life && !queue.isEmpty()) {
      processGroup();
    }
    if (ofLife == life) {
      work(Ledger::close);
    }
    if (ofLife == life) {
      List.copyOf(conversations).forEach(CentralConversation::stop);
      end();
      world.agenda().in(world.chance().between(Agenda.MILLISECOND, Agenda.SECOND), this::start);
    }
  }

  /** Gives back what the system takes back when a program ends. Idempotent. */
  void end() {
    life++;
    turnPlanned = false;
    queue.clear();
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
