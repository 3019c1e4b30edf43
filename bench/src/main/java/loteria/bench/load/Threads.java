package loteria.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work for the one that starts them, who is told the first thing that went wrong.
 * Closing this interrupts those that are left.
 */
public final class Threads implements AutoCloseable {
  private final Thread.Builder builder;
  private final List<Thread> started = new ArrayList<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public Threads(Thread.Builder builder) {
    this.builder = builder;
  }

  /** What a thread does. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  public void start(Work work) {
    started.add(builder.start(() -> note(work)));
  }

  private void note(Work work) {
    try {
      work.run();
    } catch (IOException | InterruptedException | RuntimeException failed) {
      boolean _ = failure.compareAndSet(null, failed);
    }
  }

  /** Waits until all have ended. */
  public void join() throws IOException {
    try {
      for (Thread each : started) {
        each.join();
      }
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while others work", interrupted);
    }
    rethrow();
  }

  /** Fails if something went wrong so far. */
  void rethrow() throws IOException {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IOException(failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    started.forEach(Thread::interrupt);
  }
}
