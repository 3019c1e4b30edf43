package loteria.checks.simulation.sole;

import loteria.checks.simulation.disk.Disk;
import loteria.checks.simulation.world.Node;
import loteria.checks.simulation.world.Program;
import loteria.checks.simulation.world.World;

/** The world of one central, which has the lottery to itself, and a disk that may do anything. */
public final class SoleWorld extends World {
  final SoleJudge judge = new SoleJudge(this);
  final SoleTroubles troubles = new SoleTroubles(this);

  public SoleWorld(long seed, int transcriptLinesMax) {
    super(seed, transcriptLinesMax);
    nodes.add(new Node(this, 0));
  }

  Disk disk() {
    return nodes.getFirst().disk();
  }

  @Override
  public SoleJudge judge() {
    return judge;
  }

  @Override
  public SoleTroubles troubles() {
    return troubles;
  }

  @Override
  public Program program(Node node, String name) {
    return new SoleProgram(this, node, name);
  }
}
