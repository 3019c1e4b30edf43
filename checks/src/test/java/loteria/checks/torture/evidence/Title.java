package loteria.checks.torture.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What a case is.
 *
 * @param name what happens, in a few words
 * @param rows the rows of the fault table that it shows, such as "1, 5"
 * @param needs what it needs of the machine
 * @param isControl whether something that is needed was taken away, so that bets must be lost
 */
public record Title(String name, String rows, List<Need> needs, boolean isControl) {
  /** Something that a machine may lack. */
  @FunctionalInterface
  public interface Need {
    /** What is missing, named; empty if it is there. */
    Optional<String> missing();
  }

  public static Title of(String name, String rows, Need... needs) {
    return new Title(name, rows, List.of(needs), false);
  }

  public Title asControlIf(boolean control) {
    return new Title(name, rows, needs, control);
  }

  /** Why the case cannot be made on this machine; empty if it can. */
  public Optional<String> unavailable() {
    return needs.stream().flatMap(need -> need.missing().stream()).findFirst();
  }
}
