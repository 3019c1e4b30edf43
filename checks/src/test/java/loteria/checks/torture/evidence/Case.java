package loteria.checks.torture.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One kind of trouble, made for real programs, round after round.
 *
 * @param name what happens, in a few words
 * @param rows the rows of the fault table that it shows, such as "1, 5"
 * @param isControl whether something that is needed was taken away, so that bets must be lost
 * @param needs what it needs of the machine
 */
public record Case(String name, String rows, boolean isControl, Round round, List<Need> needs) {

  /** Makes the trouble. For one thread. */
  @FunctionalInterface
  public interface Round {
    /**
     * Makes it once, with programs of its own, and looks at what is left. Whatever was started,
     * mounted or laid outside the folder is gone when it returns, however it returns.
     *
     * @param folder empty, for this round alone
     * @param random determines whatever is left to chance
     * @throws AssertionError if anything but the number of bets is wrong
     */
    Evidence in(Path folder, SplittableRandom random) throws Exception;
  }

  /** Something that a machine may lack. */
  @FunctionalInterface
  public interface Need {
    /** What is missing, named; empty if it is there. */
    Optional<String> missing();
  }

  public static Case of(String name, String rows, Round round, Need... needs) {
    return new Case(name, rows, false, round, List.of(needs));
  }

  public Case asControlIf(boolean control) {
    return new Case(name, rows, control, round, needs);
  }

  /** Why the case cannot be made on this machine; empty if it can. */
  public Optional<String> unavailable() {
    return needs.stream().flatMap(need -> need.missing().stream()).findFirst();
  }
}
