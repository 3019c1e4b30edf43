package loteria.tool.command;

/**
 * What is still done when this program is told to end (SIGINT, SIGTERM, or an exit from elsewhere),
 * for as long as it is not closed.
 *
 * <p>The program then ends with the code of the signal, as shells expect (130, 143).
 */
public final class StopHook implements AutoCloseable {
  private final Thread thread;

  private StopHook(Thread thread) {
    this.thread = thread;
  }

  /** From now on an end of this program waits for {@code last}. */
  public static StopHook install(String name, Runnable last) {
    Thread thread = Thread.ofPlatform().name(name).unstarted(last);
    Runtime.getRuntime().addShutdownHook(thread);
    return new StopHook(thread);
  }

  /** Whether the program is being ended. */
  public boolean fired() {
    return thread.getState() != Thread.State.NEW;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      // The hook is at work already, and the program ends with it.
      return;
    }
  }
}
