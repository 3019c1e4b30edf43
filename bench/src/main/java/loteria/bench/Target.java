package loteria.bench;

/** What is to be reached: at least, or at most, a number. */
record Target(boolean least, double bound) {
  static Target atLeast(double bound) {
    return new Target(true, bound);
  }

  static Target atMost(double bound) {
    return new Target(false, bound);
  }

  boolean isMetBy(double value) {
    return least ? value >= bound : value <= bound;
  }

  @Override
  public String toString() {
    return (least ? "≥ " : "≤ ") + Numbers.text(bound);
  }
}
