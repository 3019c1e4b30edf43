package loteria.checks.simulation.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Happened;
import org.jspecify.annotations.Nullable;

/**
 * Who is to own which partition. It gives a partition away when whoever had it has given it back,
 * or is taken for dead; it keeps nobody from writing. For one thread.
 */
final class Group {
  private final SharedWorld world;
  private final List<SharedProgram> members = new ArrayList<>();
  private final @Nullable SharedProgram[] owners;
  private final boolean[] moving;

  Group(SharedWorld world) {
    this.world = world;
    this.owners = new SharedProgram[world.brokers.betPartitions() + 1];
    this.moving = new boolean[owners.length];
  }

  private IntStream partitions() {
    return IntStream.range(0, owners.length);
  }

  Optional<SharedProgram> owner(int partition) {
    return Optional.ofNullable(owners[partition]);
  }

  /** A program joins. Some partitions may become its own, though others have them. */
  void join(SharedProgram program) {
    world.transcript.note("%s joins", program);
    members.add(program);
    partitions().filter(_ -> world.chance.oneIn(members.size())).forEach(this::move);
    share();
  }

  /** A program is taken for dead. Idempotent. */
  void lost(SharedProgram program) {
    members.remove(program);
    for (int partition = 0; partition < owners.length; partition++) {
      if (program.equals(owners[partition])) {
        world.transcript.note("%s has lost partition %s", program, partition);
        owners[partition] = null;
        moving[partition] = false;
      }
    }
    share();
  }

  /** A program leaves, in order, and is told when it has. */
  void leave(SharedProgram program, Runnable left) {
    members.remove(program);
    leaving(program, left);
  }

  private void leaving(SharedProgram program, Runnable left) {
    if (partitions().noneMatch(at -> program.equals(owners[at]))) {
      left.run();
    } else {
      partitions().filter(at -> program.equals(owners[at])).forEach(this::move);
      world.soon(10 * Agenda.MILLISECOND, () -> leaving(program, left));
    }
  }

  /** Has a partition given back, unless it is already, and gives it to whoever. */
  void move(int partition) {
    SharedProgram owner = owners[partition];
    if (owner == null || moving[partition]) {
      return;
    }
    moving[partition] = true;
    world.note(Happened.MOVE);
    owner.revoke(
        partition,
        () -> {
          if (moving[partition] && owner.equals(owners[partition])) {
            owners[partition] = null;
            moving[partition] = false;
            share();
          }
        });
  }

  private void share() {
    partitions()
        .filter(at -> owners[at] == null && !members.isEmpty())
        .forEach(partition -> {
          SharedProgram owner = world.chance.of(members);
          owners[partition] = owner;
          owner.assign(partition);
        });
  }
}
