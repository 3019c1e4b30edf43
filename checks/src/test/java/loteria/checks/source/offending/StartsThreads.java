package loteria.checks.source.offending;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class StartsThreads {
  private StartsThreads() {}

  static long starts(List<String> work) {
    Thread thread = Thread.ofPlatform().start(() -> {});
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      executor.execute(thread::interrupt);
    }
    return work.parallelStream().count();
  }
}
