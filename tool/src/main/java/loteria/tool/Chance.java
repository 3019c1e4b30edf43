package loteria.tool;

/**
 * A stream of pseudo-random numbers, the same for a seed on every machine and JDK.
 *
 * <p>The algorithm is SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014), written out here because the bytes of every generated file depend on it. Not
 * thread-safe: one stream has one owner.
 */
final class Chance {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  Chance(long seed) {
    state = seed;
  }

  /** The {@code stream}-th of the independent streams of {@code seed}. */
  static Chance of(long seed, long stream) {
    return new Chance(seedOf(seed, stream));
  }

  /** A seed for the {@code stream}-th use of {@code seed}; near pairs give seeds far apart. */
  static long seedOf(long seed, long stream) {
    return mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA);
  }

  /** The next 64 bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * The next number from 0 up to, but without, {@code bound}.
   *
   * @param bound at least 1; a value's chance is off by less than bound / 2^64
   */
  int below(int bound) {
    assert bound >= 1 : bound;
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }

  /**
   * A bijection of 64 bits in which each bit of the result depends on each bit of {@code value}.
   */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
