package loteria.journal;

import java.io.Serial;

/**
 * The machine stopped; no code of the program runs after it, no handler of {@link
 * java.io.IOException} either.
 */
final class PowerLoss extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;
}
