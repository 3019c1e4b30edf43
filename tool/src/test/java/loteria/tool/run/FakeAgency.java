package loteria.tool.run;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * An agency to the eye of {@code loteria run}: has as many winners as its number. {@code
 * -Dfake.agency} says how it misbehaves: {@code bad} fails on its file if it is the second, {@code
 * mute} never tells its winners, {@code wait} uploads nothing and waits for a signal, {@code
 * stubborn} does not heed even that.
 */
final class FakeAgency {
  private static final String MODE = System.getProperty("fake.agency", "good");

  private FakeAgency() {}

  public static void main(String[] arguments) throws Exception {
    int agency = Integer.parseInt(FakeCentral.argument("--id", arguments));
    if (MODE.equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeAgency::waitForever));
    }
    if (MODE.equals("wait") || MODE.equals("stubborn")) {
      FakeCentral.log("INFO", "action: waiting | result: in_progress");
      waitForever();
    }
    if (MODE.equals("bad") && agency == 2) {
      FakeCentral.log(
          "ERROR",
          "action: read_bets | result: fail | client_id: 2 | file: agency-2.csv | line: 7 |"
              + " field: documento | error: x is not digits");
      System.exit(1);
    }
    Path file = Path.of(FakeCentral.argument("--file", arguments));
    long rows;
    try (var lines = Files.lines(file)) {
      rows = lines.count();
    }
    String addresses = FakeCentral.argument("--server-address", arguments);
    String[] address = addresses.split(",", 2)[0].split(":", -1);
    try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      socket.getOutputStream().write((rows + "\n").getBytes(StandardCharsets.UTF_8));
      new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
    Files.writeString(
        Path.of(FakeCentral.argument("--winners", arguments)),
        ("1" + agency + "\n").repeat(agency));
    if (!MODE.equals("mute")) {
      FakeCentral.log(
          "INFO", "action: consulta_ganadores | result: success | cant_ganadores: " + agency);
    }
  }

  static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
