package loteria.checks.simulation.run;

import java.io.Serial;

/** Something that must always hold does not. */
public final class Violation extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  public Violation(String what) {
    super(what);
  }

  public Violation(String what, Throwable cause) {
    super(what + ": " + cause, cause);
  }

  public static void unless(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new Violation(what.formatted(values));
    }
  }
}
