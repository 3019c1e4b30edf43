package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/** Who looks after a central sees what it does while it does it. */
final class StatusTest extends ProcessTest {
  private static String got(int port, String path) throws IOException {
    return got(port, path, "localhost");
  }

  private static String got(int port, String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void followsALotteryFromTheFirstBetToTheEndOfTheCentral() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 300, 2), Bets.rows(2, 200, 1));
    programs.lay(files);
    Running central = programs.central(2, "--status", "127.0.0.1:0");
    int port = Math.toIntExact(central.await("status", "success").number("port"));
    assertThat(got(port, "/api/status")).contains("\"state\":\"receiving\"");
    assertThat(got(port, "/readyz")).startsWith("HTTP/1.1 200 ");
    Drawn.assertWinners(programs.agencies(2), files);
    assertThat(got(port, "/api/status"))
        .contains("\"state\":\"drawn\",\"expected\":2,\"missing\":[],\"bets\":500,")
        .contains("\"agency\":1,\"name\":null,\"bets\":300,\"finished\":true,")
        .contains("\"draw\":{\"number\":7574,\"winners\":3,\"at\":");
    assertThat(got(port, "/metrics")).contains("loteria_agency_winners{agency=\"1\"} 2\n");
    central.assertEndsInOrder();
    programs.assertNothingFailed();
  }

  @Test
  void aPortThatSomebodyAskedForMustBeHad() throws IOException {
    Running central = programs.central(1, "--status", "127.0.0.1:0");
    String taken = "127.0.0.1:" + central.await("status", "success").number("port");
    Programs others = Programs.in(folder.resolve("."));
    Running second =
        others.startCentral(
            1, "--status", taken, "--data-directory", folder.resolve("other").toString());
    second.assertExits(78);
    assertThat(second.lines().getLast().message()).contains("--status", taken);
    others.close();
  }

  @Test
  void warnsOfAPortThatOthersReachAndIsAskedByTheNamesThatItIsTold() throws IOException {
    Running central =
        programs.central(1, "--status", "0.0.0.0:0", "--status-names", "central.example");
    Line served = central.await("status", "success");
    int port = Math.toIntExact(served.number("port"));
    assertThat(served.value("ip")).as("what was asked for").isEqualTo("0.0.0.0");
    assertThat(central.await("status_for_all", "success").message())
        .contains("| ip: 0.0.0.0 |", "without a password");
    assertThat(got(port, "/livez", "central.example")).startsWith("HTTP/1.1 200 ");
    assertThat(got(port, "/livez", "elsewhere.example"))
        .startsWith("HTTP/1.1 421 ")
        .contains("--status-names");
  }
}
