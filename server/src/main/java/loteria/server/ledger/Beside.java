package loteria.server.ledger;

import java.io.IOException;

/**
 * Where work is done that would hold up the ledger: the seal, the draw, the reading of winners.
 * Results come back to the ledger's thread, so that nothing of the ledger is shared.
 */
public interface Beside {
  /**
   * Work that opens and reads files, and uses nothing of the ledger.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** What is done with a result, on the ledger's thread. */
  interface Then<T> {
    void done(T result) throws IOException;

    void failed(IOException why) throws IOException;
  }

  /** Has the work done, later or at once, and then the result handed in. */
  <T> void run(Work<T> work, Then<T> then);

  /** Has a letter opened on the ledger's thread. Any thread. */
  void send(Letter letter);
}
