package loteria.checks.torture;

import java.nio.file.Path;
import java.util.Optional;

/** One kind of trouble, made for real programs, round after round. For one thread. */
interface Case {
  /** What happens, in a few words. */
  String name();

  /** The rows of the fault table that it shows, such as "1, 5". */
  String rows();

  /** Why it cannot be made on this machine, naming what is missing; empty if it can. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** Whether something that is needed was taken away, so that bets must be lost. */
  default boolean isControl() {
    return false;
  }

  /**
   * Makes the trouble once, with programs of its own, and looks at what is left. Whatever was
   * started, mounted or laid outside the folder is gone when it returns, however it returns.
   *
   * @param folder empty, for this round alone
   * @param seed determines whatever is left to chance
   * @throws AssertionError if anything but the number of bets is wrong
   */
  Evidence round(Path folder, long seed) throws Exception;
}
