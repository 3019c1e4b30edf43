package loteria.bench.report;

import java.util.Optional;

/**
 * A line of the table.
 *
 * @param part of the bench
 * @param what was measured, in which unit
 * @param floor the same of the floor, where there is one, measured alternately
 * @param target for the quotient where there is a floor, else for the median
 * @param note what a reader has to know, or empty
 */
public record Row(
    Part part,
    String what,
    String unit,
    Sample measured,
    Optional<Sample> floor,
    Optional<Target> target,
    String note) {

  public static Row of(Part part, String what, String unit, Sample measured) {
    return new Row(part, what, unit, measured, Optional.empty(), Optional.empty(), "");
  }

  public static Row of(Part part, String what, String unit, double measured) {
    return of(part, what, unit, Sample.of(measured));
  }

  public Row over(Sample itsFloor) {
    return new Row(part, what, unit, measured, Optional.of(itsFloor), target, note);
  }

  public Row target(Target itsTarget) {
    return new Row(part, what, unit, measured, floor, Optional.of(itsTarget), note);
  }

  public Row note(String itsNote) {
    return new Row(part, what, unit, measured, floor, target, itsNote);
  }

  /** What was measured as a share of the floor; of a floor of nothing there is none. */
  Optional<Sample> quotient() {
    return floor.filter(sample -> !sample.hasZero()).map(measured::over);
  }

  /** Whether the target is met, where there is one. */
  Optional<Boolean> met() {
    double judged = quotient().orElse(measured).median();
    return target.map(bound -> bound.isMetBy(judged));
  }
}
