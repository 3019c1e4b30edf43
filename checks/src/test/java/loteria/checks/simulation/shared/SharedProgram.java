package loteria.checks.simulation.shared;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Program;
import loteria.journal.Directory;
import loteria.journal.FencedException;
import loteria.journal.StorageFullException;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.SharedLottery;
import org.jspecify.annotations.Nullable;

/**
 * A central's program that shares the lottery with others. What the log tells is taken at once,
 * since the one thread that there is cannot wait for itself.
 */
final class SharedProgram extends Program {
  private static final long TAKE_MAX = 300 * Agenda.MILLISECOND;
  private static final long GIVEN_MAX = 60 * Agenda.SECOND;
  private static final long LOST_AFTER = 6 * Agenda.SECOND;

  /** What the group asks for; says when it is done. */
  @FunctionalInterface
  private interface Task {
    void run(Runnable done) throws IOException;
  }

  private final SharedWorld world;
  private final ProgramLog shared;
  private final Queue<Task> tasks = new ArrayDeque<>();
  private @Nullable SharedLottery lottery;
  private boolean taskRuns;
  private boolean silent;
  private long reachableAt;
  private boolean leaving;

  SharedProgram(SharedWorld world, Node node, String name) {
    // No zeros ahead: the files of this program are written once.
    super(world, node, name, Integer.MAX_VALUE);
    this.world = world;
    this.shared = new ProgramLog(world, this);
  }

  @Override
  protected void open(Directory taken, Ledger.Settings settings) throws IOException {
    SharedLottery begun =
        new SharedLottery(shared, taken, figures, settings, log, _ -> {}, this::failed);
    lottery = begun;
    begun.start();
    later(2 * Agenda.SECOND, () -> world.group.join(this));
  }

  @Override
  protected SharedLottery ledgers() {
    if (lottery == null) {
      throw new IllegalStateException("not open");
    }
    return lottery;
  }

  ProgramLog shared() {
    return shared;
  }

  /** Whether the group takes it for dead, and it goes on. */
  boolean isZombie() {
    return isAlive() && silent;
  }

  @Override
  protected boolean isReachable() {
    return super.isReachable() && world.agenda.now() >= reachableAt;
  }

  // The group.

  void assign(int partition) {
    add(done -> {
      ledgers().assigned(partition);
      done.run();
    });
  }

  /** Gives a partition back; whoever asks is told when that is done. */
  void revoke(int partition, Runnable given) {
    add(done -> {
      boolean[] over = {false};
      world.agenda.in(
          GIVEN_MAX,
          () -> Violation.unless(over[0] || !isAlive(), "%s keeps partition %d", this, partition));
      var _ =
          ledgers()
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
          world.chance.oneIn(2) ? node.storeMax() : TAKE_MAX,
          () ->
              guard(() ->
                  task.run(() -> {
                    taskRuns = false;
                    nextTask();
                  })));
    }
  }

  // The end.

  @Override
  protected boolean isExcused(IOException failure) {
    return shared.hasMade(failure) || isOfTheDisk(failure);
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
      conversations().forEach(conversation -> conversation.connection().cut());
    }
    world.group.lost(this);
    later(
        2 * LOST_AFTER,
        () -> {
          throw shared.made(new FencedException("the group has given all to others"));
        });
  }

  /** The group notices after a while. */
  @Override
  public void die(boolean machine) {
    super.die(machine);
    world.soon(LOST_AFTER, () -> world.group.lost(this));
  }

  @Override
  protected void terminate() {
    if (!leaving) {
      leaving = true;
      world.transcript.note("%s is asked to stop", this);
      world.group.leave(this, () -> end(false));
    }
  }
}
