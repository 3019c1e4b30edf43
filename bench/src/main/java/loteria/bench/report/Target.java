package loteria.bench.report;

/** What is to be reached: at least, or at most, a number. */
public record Target(boolean least, double bound) {
  public static Target atLeast(double bound) {
    return new Target(true, bound);
  }

  public static Target atMost(double bound) {
    return new Target(false, bound);
  }

  boolean isMetBy(double value) {
    return least ? value >= bound : value <= bound;
  }

  @Override
  public String toString() {
    return (least ? "≥ " : "≤ ") + Report.number(bound);
  }
}
