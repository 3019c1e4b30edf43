package loteria.checks.simulation.disk;

import java.io.Serial;

/**
 * The program ends here, with its machine or alone: no code of it runs after this, no handler of
 * {@link java.io.IOException} either.
 */
public final class Death extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean ofTheMachine;

  Death(boolean ofTheMachine) {
    super(ofTheMachine ? "the power is gone" : "killed");
    this.ofTheMachine = ofTheMachine;
  }

  public boolean isOfTheMachine() {
    return ofTheMachine;
  }
}
