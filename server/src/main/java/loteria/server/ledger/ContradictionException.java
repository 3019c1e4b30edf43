package loteria.server.ledger;

import java.io.IOException;
import java.io.Serial;

/** What this central was told of the lottery contradicts what its journal or log says. */
public final class ContradictionException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  ContradictionException(String message) {
    super(message);
  }
}
