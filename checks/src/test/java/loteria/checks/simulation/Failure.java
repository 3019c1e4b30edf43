package loteria.checks.simulation;

import java.io.Serial;
import loteria.checks.simulation.run.Transcript;

/** A run has gone wrong: its seed, how to see it again, and how it came about. */
final class Failure extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  Failure(long seed, Throwable cause, Transcript transcript) {
    super(
        "%s%n%nseen again by: make simulate SEED=%d%n%n%s".formatted(cause, seed, transcript),
        cause);
  }
}
