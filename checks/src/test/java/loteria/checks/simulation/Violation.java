package loteria.checks.simulation;

import java.io.Serial;

/** Something that must always hold does not. */
final class Violation extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  Violation(String what) {
    super(what);
  }

  Violation(String what, Throwable cause) {
    super(what + ": " + cause, cause);
  }

  static void unless(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new Violation(what.formatted(values));
    }
  }
}
