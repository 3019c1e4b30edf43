package loteria.checks.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the two mounted files say; the keys of the assignment alone. */
record Configuration(
    int port, int backlog, String level, int loopAmount, String loopPeriod, int batchMaxAmount) {

  /** As the files stand in the project, but for a shorter loop. */
  static final Configuration USUAL = new Configuration(12345, 5, "INFO", 3, "100ms", 99);

  Configuration withPort(int other) {
    return new Configuration(other, backlog, level, loopAmount, loopPeriod, batchMaxAmount);
  }

  Configuration withLoop(int amount, String period) {
    return new Configuration(port, backlog, level, amount, period, batchMaxAmount);
  }

  Configuration withBatchMaxAmount(int other) {
    return new Configuration(port, backlog, level, loopAmount, loopPeriod, other);
  }

  /** Writes both files of the project at {@code root}, in place. */
  void write(Path root) throws IOException {
    Files.writeString(
        root.resolve("server/config.ini"),
        """
        [DEFAULT]
        SERVER_PORT = %d
        SERVER_IP = server
        SERVER_LISTEN_BACKLOG = %d
        LOGGING_LEVEL = %s
        """
            .formatted(port, backlog, level));
    Files.writeString(
        root.resolve("client/config.yaml"),
        """
        server:
          address: "server:%d"
        loop:
          amount: %d
          period: "%s"
        log:
          level: "%s"
        batch:
          maxAmount: %d
        """
            .formatted(port, loopAmount, loopPeriod, level, batchMaxAmount));
  }
}
