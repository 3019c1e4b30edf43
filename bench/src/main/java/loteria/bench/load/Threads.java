package loteria.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that is done at once, each piece by a thread of its own. */
public final class Threads {
  private Threads() {}

  /** What comes of each piece, when all have ended; fails if any of them does, as the first one. */
  public static <T> List<T> all(Thread.Builder builder, List<Callable<T>> work) throws IOException {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(builder.factory())) {
      for (Future<T> each : threads.invokeAll(work)) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while others work", interrupted);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException its ? its : new IOException(failed);
    }
  }
}
