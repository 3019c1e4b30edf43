package loteria.checks.torture.evidence;

import java.nio.file.Path;

/** One kind of trouble, made for real programs, round after round. For one thread. */
public interface Case {
  Title title();

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
