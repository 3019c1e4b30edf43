package loteria.server.ledger;

import java.io.IOException;

/**
 * Where work is done that would hold up the ledger: the seal, the draw, the reading of winners.
 * Results come back to the loop's thread.
 */
public interface Beside {
  /**
   * Work on files, that uses only what does not change any more.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** What the loop's thread is to do: another one says so, or a group that is durable by then. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  /** What is done with a result, on the loop's thread; a failure halts the central. */
  @FunctionalInterface
  interface Then<T> {
    void done(T result) throws IOException;

    default void failed(IOException why) throws IOException {
      throw why;
    }
  }

  /** Has the work done, later or at once, and then the result handed in. */
  <T> void run(Work<T> work, Then<T> then);

  /** Has a task run on the loop's thread. Any thread. */
  void send(Task task);
}
