package loteria.checks.process.surroundings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.testing.Command;
import org.junit.jupiter.api.Test;

/** Nobody reads what the central logs, and the lottery is held all the same. */
final class StalledLogTest extends ProcessTest {
  // Two lines each, more than pipe and buffer hold together.
  private static final int BETS = 9_000;

  @Test
  void theLotteryIsHeldAndTheLogSaysLaterWhatItLacks() throws Exception {
    List<List<String>> files = List.of(Bets.rows(1, BETS, 1));
    programs.lay(files);
    int status = Programs.in(folder).port();
    Process central =
        programs
            .builder(programs.centralCommand(1, "--status", "127.0.0.1:" + status), Map.of())
            .start();
    try {
      Running agency = programs.agency(1, "--batch-max-amount", "1");
      Drawn.assertWinners(List.of(agency), files);
      assertThat(get(status, "/readyz")).isEqualTo("drawn\nlog_stalled\n");
      assertThat(get(status, "/api/status")).contains("\"log\":{\"stalled\":true,");

      List<String> lines = new ArrayList<>();
      Thread reading =
          Thread.ofPlatform().start(() -> central.inputReader(UTF_8).lines().forEach(lines::add));
      await().until(() -> !get(status, "/readyz").contains("log_stalled"));
      central.toHandle().destroy();
      assertThat(central.waitFor(30, TimeUnit.SECONDS)).isTrue();
      reading.join();

      assertThat(central.exitValue()).isZero();
      assertThat(lines.getLast()).contains("action: shutdown | result: success");
      List<String> gaps = lines.stream().filter(l -> l.contains("drop_log_lines")).toList();
      assertThat(gaps).hasSize(1);
      long dropped = Long.parseLong(gaps.getFirst().replaceFirst(".*lines: (\\d+).*", "$1"));
      long kept = lines.stream().filter(l -> l.contains("action: apuesta_")).count();
      assertThat(dropped).isPositive();
      assertThat(kept).isLessThan(2L * BETS).isGreaterThanOrEqualTo(2L * BETS - dropped);
    } finally {
      central.destroyForcibly();
    }
  }

  private static String get(int port, String path) {
    return Command.of("curl", "-s", "http://127.0.0.1:" + port + path).run().succeeded().output();
  }
}
