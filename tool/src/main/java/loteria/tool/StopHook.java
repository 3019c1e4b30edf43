package loteria.tool;

/**
 * Stops the children when this program is told to end (SIGINT, SIGTERM, or an exit from elsewhere),
 * for as long as it is not closed.
 *
 * <p>The program then ends with the code of the signal, as shells expect (130, 143).
 */
final class StopHook implements AutoCloseable {
  private final Thread thread;

  private StopHook(Thread thread) {
    this.thread = thread;
  }

  /**
   * From now on an end of this program stops {@code children} first, and then does {@code last}.
   */
  static StopHook install(Children children, Runnable last) {
    Thread thread =
        Thread.ofPlatform()
            .name("stop-hook")
            .unstarted(() -> {
              children.stop();
              last.run();
            });
    Runtime.getRuntime().addShutdownHook(thread);
    return new StopHook(thread);
  }

  /** Whether the program is being ended. */
  boolean fired() {
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
