package loteria.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first thing that went wrong in some threads, for the thread that waits for them. */
final class Failure {
  private final AtomicReference<@Nullable Exception> first = new AtomicReference<>();

  /** What a thread does. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  void note(Work work) {
    try {
      work.run();
    } catch (IOException | InterruptedException | RuntimeException failure) {
      boolean _ = first.compareAndSet(null, failure);
    }
  }

  void rethrow() throws IOException {
    Exception failure = first.get();
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
