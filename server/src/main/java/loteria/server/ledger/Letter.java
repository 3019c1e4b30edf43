package loteria.server.ledger;

import java.io.IOException;

/** What another thread has for the thread of the ledgers, which opens it. */
@FunctionalInterface
public interface Letter {
  void open() throws IOException;
}
