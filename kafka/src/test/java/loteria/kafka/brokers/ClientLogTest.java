package loteria.kafka.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import loteria.runtime.log.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ClientLogTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final ClientLog log =
      new ClientLog((level, said) -> lines.add(level + " " + said), now::get);

  @Test
  void takesWarningsAndErrorsOfWhoeverLogsBySlf4j() {
    ClientLog.use(log);
    Logger logger = LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient");

    logger.debug("much");
    logger.info("more");
    logger.warn("retrying. Error: CONCURRENT_TRANSACTIONS");
    logger.warn("Connection to node {} ({}) could not be established", 1, "a:9092");
    logger.error("failed", new IllegalStateException("no"));

    assertThat(LoggerFactory.getILoggerFactory().getLogger("x").getClass())
        .isEqualTo(logger.getClass());
    assertThat(logger.isInfoEnabled()).isFalse();
    assertThat(lines)
        .containsExactly(
            "WARNING Connection to node 1 (a:9092) could not be established",
            "ERROR failed: java.lang.IllegalStateException: no");
  }

  @Test
  void leavesOutWhatIsTooMuchAndSaysHowMuch() {
    for (int line = 0; line < ClientLog.BURST + 5; line++) {
      log.said(Level.WARNING, "again");
    }
    assertThat(lines).hasSize(ClientLog.BURST);

    now.addAndGet(TimeUnit.SECONDS.toNanos(ClientLog.ONE_EACH_SECONDS));
    log.said(Level.WARNING, "again");
    log.said(Level.WARNING, "again");

    assertThat(lines)
        .hasSize(ClientLog.BURST + 1)
        .last()
        .isEqualTo("WARNING again (5 lines left out before)");
  }
}
