package loteria.server.seal;

import java.util.Arrays;

/**
 * Where the batches of each agency lie in the journal, in their order: 8 bytes a batch, which is
 * what lets the seal be written agency by agency. For one thread.
 */
public final class Positions {
  private final long[][] positions;
  private final int[] counts;

  /**
   * @param agencies how many there can be: those numbered 1 to {@code agencies}
   */
  public Positions(int agencies) {
    positions = new long[agencies][0];
    counts = new int[agencies];
  }

  /** The next batch of the agency lies at {@code position}. */
  public void add(int agency, long position) {
    int i = agency - 1;
    if (counts[i] == positions[i].length) {
      positions[i] = Arrays.copyOf(positions[i], Math.max(16, counts[i] + counts[i] / 2));
    }
    positions[i][counts[i]++] = position;
  }

  /** How many batches the agency has. */
  public int count(int agency) {
    return counts[agency - 1];
  }

  /** Where the agency's batch {@code index} lies, counted from 0. */
  public long position(int agency, int index) {
    assert index < counts[agency - 1];
    return positions[agency - 1][index];
  }
}
