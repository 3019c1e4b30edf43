package loteria.checks.simulation;

import java.io.Serial;

/** A run has gone wrong: its seed, how to see it again, and how it came about. */
public final class Failure extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  public Failure(long seed, Throwable cause, Transcript transcript) {
    super(
        "%s%n%nseen again by: make simulate SEED=%d%n%n%s".formatted(cause, seed, transcript),
        cause);
  }
}
