package loteria.checks.simulation.sole;

import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.truth.Found;
import loteria.checks.simulation.world.Judge;
import loteria.journal.DataDirectory;

/** Holds one central to its promises, by the journal on its disk. For one thread. */
final class SoleJudge extends Judge {
  private final SoleWorld world;
  private boolean sealSeen;
  private int rots;
  private boolean rotPending;

  SoleJudge(SoleWorld world) {
    super(world);
    this.world = world;
  }

  @Override
  protected Found now() {
    return Found.in(world.disk().bytes(DataDirectory.JOURNAL), world.truth.agencies());
  }

  /** A bit of the disk has turned over: until the next start, bets may be missing. */
  void rotted() {
    rots++;
    rotPending = true;
  }

  @Override
  protected int rots() {
    return rots;
  }

  /** The bit was turned back. */
  void rotMended() {
    rotPending = false;
  }

  @Override
  protected boolean mayForget() {
    return rotPending;
  }

  @Override
  protected void forgotten() {
    world.note(Reached.ROT_TAKEN_FOR_TORN);
  }

  /** The central has started: its journal is valid to its end, and holds what was promised. */
  void started() {
    int bytes = world.disk().bytes(DataDirectory.JOURNAL).length;
    Found found = now();
    Violation.unless(
        found.validBytes() == bytes,
        "of the journal's %d bytes only %d are valid after a start",
        bytes,
        found.validBytes());
    check(found);
    rotPending = false;
  }

  @Override
  protected void check(Found found) {
    super.check(found);
    Violation.unless(
        found.seal().isPresent() || !sealSeen || rotPending, "the seal that was made is gone");
    sealSeen = found.seal().isPresent();
  }
}
