package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "server:12345, server, 12345",
    "a:1, a, 1",
    "central.example:65535, central.example, 65535",
    "central.example.:80, central.example., 80",
    "my_server-1:80, my_server-1, 80",
    "4you:80, 4you, 80",
    "127.0.0.1:80, 127.0.0.1, 80",
    "255.255.255.255:80, 255.255.255.255, 80",
    "1.2.3.4.example:80, 1.2.3.4.example, 80",
    "[::1]:80, [::1], 80",
    "[fe80::1%eth0]:80, [fe80::1%eth0], 80",
    "[::ffff:1.2.3.4]:80, [::ffff:1.2.3.4], 80"
  })
  void readsAHostAndAPort(String text, String host, int port) {
    HostPort read = HostPort.parse(text, 1);

    assertThat(read).isEqualTo(new HostPort(host, port));
    assertThat(read).hasToString(text);
  }

  @Test
  void whoListensMayAskForAnyFreePort() {
    assertThat(HostPort.parse("a:0", 0).port()).isZero();
    assertThatThrownBy(() -> HostPort.parse("a:0", 1)).hasMessageContaining("1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://server:12345, is a URL",
    "http://server:80/, is a URL",
    "server, is not host:port",
    "'', is not host:port",
    ":1, is not host:port",
    "::1:80, has more than one colon",
    "a:1:2, has more than one colon",
    "server:1:, has more than one colon",
    "' :1', has a host that is neither",
    "'a b:1', has a host that is neither",
    "' server:1', has a host that is neither",
    "user@server:1, has a host that is neither",
    "server/x:1, has a host that is neither",
    "a..b:1, has a host that is neither",
    ".:1, has a host that is neither",
    "256.1.1.1:1, has a host that is neither",
    "1.2.3:1, has a host that is neither",
    "1.2.3.4.:1, has a host that is neither",
    "12345:1, has a host that is neither",
    "[]:1, has no IPv6 address",
    "[server]:1, has no IPv6 address",
    "[::1:1, has no IPv6 address",
    "[::g]:1, has no IPv6 address"
  })
  void refusesWhatIsNoHost(String text, String problem) {
    assertThatThrownBy(() -> HostPort.parse(text, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "has a port that is not 1 to 65535 | 0;65536;99999999999",
        "has a port that is not a plain decimal number | ;b;+1;-1; 1;1 ;1_0;0x1;١",
        "has a port with leading zeros | 01;080;00;0000012345"
      })
  void refusesAPortThatThereIsNot(String problem, String ports) {
    for (String port : ports.split(";", -1)) {
      assertThatThrownBy(() -> HostPort.parse("a:" + port, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(problem);
    }
  }

  @Test
  void aHostHasAtMost253Characters() {
    String labels = "a.".repeat(126);
    assertThat(HostPort.parse(labels + "a:1", 1).host()).hasSize(253);
    assertThatThrownBy(() -> HostPort.parse(labels + "aa:1", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
