package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.checks.Bets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who looks after a central sees what it does while it does it. */
final class StatusTest {
  private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z_]+)\"");

  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void prepare() throws IOException {
    programs = Programs.in(folder);
  }

  @AfterEach
  void end() {
    programs.close();
  }

  private static Socket ask(int port, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String got(int port, String path) throws IOException {
    try (Socket socket = ask(port, path)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void followsALotteryFromTheFirstBetToTheEndOfTheCentral() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 300, 2), Bets.rows(2, 200, 1));
    programs.lay(files);
    Running central = programs.central(2, "--status", "127.0.0.1:0");
    int port = Math.toIntExact(central.await("status", "success").number("port"));
    try (Socket socket = ask(port, "/api/events")) {
      BufferedReader events =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(next(events)).isEqualTo("receiving");
      assertThat(got(port, "/readyz")).startsWith("HTTP/1.1 200 ");
      Drawn.assertWinners(List.of(programs.agency(1), programs.agency(2)), files);
      assertThat(got(port, "/api/status"))
          .contains("\"state\":\"drawn\",\"expected\":2,\"missing\":[],\"bets\":500,")
          .contains("\"agency\":1,\"bets\":300,\"finished\":true,")
          .contains("\"draw\":{\"number\":7574,\"winners\":3}");
      assertThat(got(port, "/metrics")).contains("loteria_agency_winners{agency=\"1\"} 2\n");
      central.assertEndsInOrder();
      List<String> states = new ArrayList<>();
      for (String state = next(events); !state.isEmpty(); state = next(events)) {
        states.add(state);
      }
      assertThat(states).containsSubsequence("drawn", "draining").endsWith("draining");
    }
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
    assertThat(second.lines().getLast().message()).contains("LOTERIA_STATUS", taken);
    others.close();
  }

  /** The state that the next event tells; nothing when there are no more. */
  private static String next(BufferedReader events) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      Matcher state = STATE.matcher(line);
      if (line.startsWith("data: ") && state.find()) {
        return state.group(1);
      }
    }
    return "";
  }
}
