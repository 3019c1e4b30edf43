package loteria.checks.simulation.sole;

import java.io.IOException;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.truth.Found;
import loteria.checks.simulation.world.CentralConversation;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Program;
import loteria.journal.Directory;
import loteria.server.ledger.Ledger;
import loteria.server.seal.BrokenSealException;
import org.jspecify.annotations.Nullable;

/** A central's program that has the lottery to itself: one ledger over its journal. */
final class SoleProgram extends Program {
  private final SoleWorld world;
  private @Nullable Ledger ledger;

  SoleProgram(SoleWorld world, Node node, String name) {
    // Zeros from the first block on, or none.
    super(world, node, name, world.chance.oneIn(3) ? Integer.MAX_VALUE : 0);
    this.world = world;
  }

  @Override
  protected void open(Directory taken, Ledger.Settings settings) throws IOException {
    noteWhereItGoesOn();
    ledger = Ledger.open(taken, figures, settings, log);
    world.judge.started();
    world.troubles.started();
  }

  private void noteWhereItGoesOn() {
    Found found = world.judge.now();
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
    } else if (!node.isNew() && found.validBytes() == 0) {
      world.note(Reached.TORN_HEADER);
    }
  }

  @Override
  protected Ledger ledgers() {
    if (ledger == null) {
      throw new IllegalStateException("not open");
    }
    return ledger;
  }

  /** It fails for what was done to the disk, and for nothing else. */
  @Override
  protected boolean isExcused(IOException failure) {
    if (node.disk().hasStruck()) {
      return true;
    }
    // The sealed file is read at the draw, which may be long after the start.
    if ((ledger == null || failure instanceof BrokenSealException) && world.troubles.mendRot()) {
      world.note(Reached.ROT_REFUSED);
      return true;
    }
    return false;
  }

  @Override
  protected void terminate() {
    world.transcript.note("%s is asked to stop", this);
    guard(this::goDown);
  }

  /** Goes down when all that was decided is stored and answered. */
  private void goDown() throws IOException {
    if (ledgers().hasWork()) {
      later(node.storeMax(), this::goDown);
      return;
    }
    ledgers().goDown();
    conversations().forEach(CentralConversation::stop);
    ledgers().close();
    end(false);
  }
}
