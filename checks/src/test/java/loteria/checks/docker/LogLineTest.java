package loteria.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogLineTest {

  @Test
  void seesThroughWhatComposeAdds() {
    assertThat(
            LogLine.all(
                "\u001b[Kclient1  | 2026-01-02 03:04:05 INFO     action: config | result: success"
                    + " | server_address: server:12345\r\n"
                    + "\u001b[36mserver   | \u001b[0mno line of ours\n"
                    + "client1 exited with code 0\n"))
        .extracting(LogLine::service)
        .containsExactly("client1", "server");
  }

  @Test
  void takesEachPartAsAKeyAndItsValue() {
    LogLine line =
        LogLine.all(
                "server  | 2026-01-02 03:04:05 INFO     action: config | result: success"
                    + " | server_address: server:12345 | msg: ")
            .getFirst();
    assertThat(line.says("config", "success")).isTrue();
    assertThat(line.value("server_address")).isEqualTo("server:12345");
    assertThat(line.value("msg")).isEmpty();
    assertThat(line.fields()).hasSize(4);
  }
}
