package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import loteria.lottery.Refusal;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;
import org.junit.jupiter.api.Test;

/** What strangers cause does not fill the log, and is counted. */
final class ServerLogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ServerLog log =
      new ServerLog(
          new LogLines(
              written, LogStyle.CENTRAL, Level.INFO, InstantSource.fixed(Instant.ofEpochSecond(0))),
          () -> 0);

  private List<String> with(String part) {
    return written.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(part)).toList();
  }

  @Test
  void eachKindHasALimitOfItsOwnAndTheRestIsCounted() {
    for (int n = 0; n < 1_000; n++) {
      log.messageReceived("10.0.0.1", "hola");
      log.garbage("10.0.0.1", "starts with 0x00");
    }
    log.stopped();

    assertThat(with("receive_message | result: success")).hasSize(LogLimit.BURST);
    assertThat(with("receive_message | result: fail")).hasSize(LogLimit.BURST);
    assertThat(
            with("limit_log_lines").stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum())
        .isEqualTo(2 * (1_000 - LogLimit.BURST));
  }

  @Test
  void whoeverSpeaksForAnAgencyHasTheLimitToo() {
    for (int n = 0; n < 300; n++) {
      log.refused(7, Refusal.UNKNOWN_AGENCY, "agency 7 is not one of 1 to 5");
      log.batchRefused(1, 99, Refusal.GAP, "a hole");
      log.fenced(2);
    }
    log.refused(3, Refusal.CONFLICT, "another agency's");

    assertThat(with("refuse | result: fail | agency: 7")).hasSize(LogLimit.BURST);
    assertThat(with("apuesta_recibida | result: fail")).hasSize(LogLimit.BURST);
    assertThat(with("replace_session")).hasSize(LogLimit.BURST);
    assertThat(with("refuse | result: fail | agency: 3")).hasSize(1);
  }

  @Test
  void aConnectionThatIsLeftOutIsLeftOutAsAWhole() {
    for (int n = 0; n < 300; n++) {
      log.accepting();
      if (log.accepted("10.0.0.1")) {
        log.connectionClosed("10.0.0.1");
      }
    }

    assertThat(with("accept_connections | result: success")).hasSize(LogLimit.BURST);
    assertThat(with("close_connection")).hasSize(LogLimit.BURST);
    assertThat(with("accept_connections | result: in_progress")).hasSize(LogLimit.BURST + 1);
  }
}
