package loteria.tool;

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
    Arguments given = new Arguments(arguments);
    int agency = Integer.parseInt(given.of("--id"));
    if (MODE.equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeAgency::waitForever));
    }
    if (MODE.equals("wait") || MODE.equals("stubborn")) {
      log("action: waiting | result: in_progress");
      waitForever();
    }
    if (MODE.equals("bad") && agency == 2) {
      System.out.println("agency-2.csv: line 7: document 'x' is not digits");
      System.exit(1);
    }
    Path file = Path.of(given.of("--data"), "agency-" + agency + ".csv");
    long rows;
    try (var lines = Files.lines(file)) {
      rows = lines.count();
    }
    String[] address = given.of("--server-address").split(",", 2)[0].split(":", -1);
    try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      socket.getOutputStream().write((rows + "\n").getBytes(StandardCharsets.UTF_8));
      new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
    Files.writeString(Path.of(given.of("--winners")), ("1" + agency + "\n").repeat(agency));
    if (!MODE.equals("mute")) {
      log("action: consulta_ganadores | result: success | cant_ganadores: " + agency);
    }
  }

  static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void log(String line) {
    System.out.printf("2026-01-02 10:11:12 %-8s %s%n", "INFO", line);
  }
}
