package loteria.tool.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A central to the eye of {@code loteria run}: takes the arguments, logs the lines, and stores
 * nothing. {@code -Dfake.central} says how it misbehaves: {@code deaf} exits before it listens,
 * {@code crash} in mid-upload, {@code full} has no room from then on, {@code sulk} exits 9 on
 * SIGTERM, {@code stubborn} not at all; {@code shared} has one of the agencies, and other centrals
 * the others; {@code drawn} has had the draw.
 */
final class FakeCentral {
  private static final String MODE = System.getProperty("fake.central", "good");

  private FakeCentral() {}

  public static void main(String[] arguments) throws Exception {
    hook();
    if (MODE.equals("deaf")) {
      log("ERROR", "action: config | result: fail | error: it cannot listen");
      Runtime.getRuntime().halt(78);
    }
    Files.writeString(
        Path.of(argument("--data-directory", arguments), "central.args"),
        String.join(" ", arguments));
    int agencies = Integer.parseInt(argument("--agencies", arguments));
    try (var listener =
        new ServerSocket(
            Integer.parseInt(argument("--server-port", arguments)),
            agencies,
            InetAddress.getByName(argument("--bind", arguments)))) {
      if (MODE.equals("drawn")) {
        log("INFO", "action: open_journal | result: success | records: 12 | bets: 1000");
        log(
            "INFO",
            "action: recover_seal | result: success | bets: 1000 | sha256: " + "cd".repeat(32));
        log("INFO", "action: recover_draw | result: success | number: 5 | winners: 3");
      }
      log(
          "INFO",
          "action: listen | result: success | ip: 127.0.0.1 | port: " + listener.getLocalPort());
      serve(listener, MODE.equals("shared") ? 1 : agencies, argument("--number", arguments));
    }
    new CountDownLatch(1).await();
  }

  private static void serve(ServerSocket listener, int agencies, String number) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    long bets = 0;
    for (int agency = 0; agency < agencies; agency++) {
      Socket socket = listener.accept();
      sockets.add(socket);
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      long count = Long.parseLong(reader.readLine());
      if (MODE.equals("crash")) {
        log("CRITICAL", "action: ledger | result: fail | error: the ledger is broken");
        Runtime.getRuntime().halt(74);
      }
      if (MODE.equals("full")) {
        log(
            "ERROR",
            "action: store_bets | result: fail | error: no room for 9 bytes at offset 5: No space");
        continue;
      }
      if (MODE.equals("drawn")) {
        continue; // they are all there
      }
      bets += count;
      log("INFO", "action: apuesta_recibida | result: success | cantidad: " + count);
    }
    if (!MODE.equals("drawn")) {
      log(
          "INFO",
          "action: seal_bets | result: success | bets: " + bets + " | sha256: " + "ab".repeat(32));
      log("INFO", "action: sorteo | result: success");
      log("INFO", "action: hold_draw | result: success | number: " + number + " | winners: 3");
    }
    for (Socket socket : sockets) {
      socket.getOutputStream().write("drawn\n".getBytes(StandardCharsets.UTF_8));
      socket.close();
    }
  }

  private static void hook() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              switch (MODE) {
                case "stubborn" -> FakeAgency.waitForever();
                case "sulk" -> Runtime.getRuntime().halt(9);
                default -> {
                  log("INFO", "action: shutdown | result: success");
                  Runtime.getRuntime().halt(0);
                }
              }
            }));
  }

  /** What follows a flag. */
  static String argument(String flag, String... arguments) {
    int at = List.of(arguments).indexOf(flag);
    if (at < 0) {
      throw new IllegalArgumentException("no " + flag + " in " + List.of(arguments));
    }
    return arguments[at + 1];
  }

  static void log(String level, String line) {
    System.out.printf("2026-01-02 10:11:12 %-8s %s%n", level, line);
  }
}
