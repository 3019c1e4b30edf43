package loteria.tool;

/**
 * A shuffle of the numbers from 0 to {@code size - 1} that needs no memory: any position can be
 * asked for, in any order.
 *
 * <p>It is a Feistel network over the smallest even number of bits that holds the size, walked
 * again while it leaves the range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains",
 * 2002), so it is a bijection by construction. That is how a hundred million bets get unique
 * documents, and an exact number of winners, without a set. Immutable.
 */
final class Permutation {
  private static final int ROUNDS = 4;

  private final long size;
  private final long seed;
  private final int halfBits;
  private final long halfMask;

  /**
   * The shuffle of {@code size} numbers that belongs to {@code seed}.
   *
   * @param size from 1 to 2^62
   */
  Permutation(long size, long seed) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException(
          "a permutation of " + size + " numbers is not between 1 and 2^62");
    }
    this.size = size;
    this.seed = seed;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1);
    halfBits = Math.max(1, (bits + 1) / 2);
    halfMask = (1L << halfBits) - 1;
  }

  /**
   * The number at {@code position}, both from 0 to {@code size - 1}; no two positions have the
   * same.
   */
  long at(long position) {
    assert position >= 0 && position < size : position;
    // The walk ends: it follows a cycle of the network, and that cycle comes back to position,
    // which is inside the range.
    long number = scrambled(position);
    while (number >= size) {
      number = scrambled(number);
    }
    return number;
  }

  private long scrambled(long number) {
    long left = number >>> halfBits;
    long right = number & halfMask;
    for (int round = 1; round <= ROUNDS; round++) {
      long swapped = right;
      right = left ^ (Chance.mix(seed + Chance.mix(right + ((long) round << 32))) & halfMask);
      left = swapped;
    }
    return left << halfBits | right;
  }
}
