package loteria.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** What was measured, once or several times; never empty, and all of it numbers. Immutable. */
public record Sample(List<Double> values) {
  public Sample {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a sample of nothing");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a sample of " + value);
      }
    }
  }

  public static Sample of(double value) {
    return new Sample(List.of(value));
  }

  /** The middle one, or the mean of the middle two. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * The distance between the quartiles, as a share of the median: two medians of five that are
   * nearer to each other say nothing, for seven of ten pairs are though nothing has changed. 0 if
   * all are the same.
   */
  double noise() {
    double spread = quantile(0.75) - quantile(0.25);
    return spread == 0 || median() == 0 ? 0 : spread / Math.abs(median());
  }

  /** Whether nothing can be divided by it: as what is written in a file system in memory. */
  boolean hasZero() {
    return values.contains(0.0);
  }

  /** Of each measurement of this one and of the other in the same place, the quotient. */
  Sample over(Sample floor) {
    if (floor.values.size() != values.size()) {
      throw new IllegalArgumentException(
          "%d measurements over %d".formatted(values.size(), floor.values.size()));
    }
    return new Sample(
        IntStream.range(0, values.size())
            .mapToObj(i -> values.get(i) / floor.values.get(i))
            .toList());
  }

  /** Between two measurements by their distances. */
  private double quantile(double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double at = share * (sorted.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }
}
