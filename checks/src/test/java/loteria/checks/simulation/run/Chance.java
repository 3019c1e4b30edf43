package loteria.checks.simulation.run;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is left to chance in a run, from one seed. For one thread. */
public final class Chance {
  private final RandomGenerator random;

  public Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** What a model that knows no simulation draws from. */
  public RandomGenerator generator() {
    return random;
  }

  /** True once in {@code n} times. */
  public boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** From 0 to {@code bound} - 1. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  public int between(int min, int max) {
    return random.nextInt(min, max + 1);
  }

  /** Both ends included. */
  public long between(long min, long max) {
    return random.nextLong(min, max + 1);
  }

  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
