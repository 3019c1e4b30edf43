package loteria.checks.kafka;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Three brokers for all tests of a run: those whose folder the system property {@code
 * kafka.cluster} names, which stay, or else those that are started before the first test and ended
 * after the last. Where the brokers' jars cannot be had the tests are skipped.
 */
final class OnCluster implements BeforeAllCallback {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private @Nullable RealBrokers brokers;

  @Override
  public void beforeAll(ExtensionContext context) {
    brokers =
        context
            .getRoot()
            .getStore(Namespace.create(OnCluster.class))
            .computeIfAbsent(RealBrokers.class, _ -> open(), RealBrokers.class);
  }

  private static RealBrokers open() {
    String named = System.getProperty("kafka.cluster", "");
    if (!named.isEmpty()) {
      return RealBrokers.of(Path.of(named));
    }
    assumeThat(RealBrokers.unavailable()).isEqualTo(Optional.empty());
    try {
      Path directory = Files.createTempDirectory("loteria-kafka-");
      directory.toFile().deleteOnExit();
      return RealBrokers.start(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RealBrokers brokers() {
    RealBrokers known = brokers;
    if (known == null) {
      throw new IllegalStateException("no test has begun");
    }
    return known;
  }

  /** The name of a lottery that no other test has. */
  static String lottery() {
    return "checks-%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet());
  }
}
