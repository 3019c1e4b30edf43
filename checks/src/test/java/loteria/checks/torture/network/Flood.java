package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.machine.Machine;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * Two thousand strangers come and stay, all at once, and agencies are served in their midst.
 *
 * <p>They come in waves that the queue of half-accepted connections holds: where that is full Linux
 * may forget one that says nothing, which then believes to be there and never is (tcp_syncookies).
 */
final class Flood {
  private static final int CROWD = 2000;
  private static final int WAVE = 400;
  private static final int BACKLOG = 512;

  /** What the test has open beside the crowd, with room to spare. */
  private static final int OTHER_DESCRIPTORS = 500;

  /** What the central's virtual machine may open for itself when it has to wait for connections. */
  private static final int OWN_DESCRIPTORS_MAX = 32;

  /** For heap, code, threads and 2,000 connections, on whatever machine. */
  private static final long RESIDENT_BYTES_MAX = 400L << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Flood() {}

  static Case asCase() {
    return NetworkRound.named(
        "2,000 connections at once",
        "29",
        List.of(Bets.rows(1, 300, 2), Bets.rows(2, 200, 0), Bets.rows(3, 250, 1)),
        (round, _) -> befall(round),
        Flood::lacksDescriptors);
  }

  private static Optional<String> lacksDescriptors() {
    try {
      long limit =
          Arrays.stream(field(Path.of("/proc/self/limits"), "Max open files").split(" +"))
              .mapToLong(text -> text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text))
              .findFirst()
              .orElse(0);
      return limit < CROWD + OTHER_DESCRIPTORS
          ? Optional.of("only %d descriptors".formatted(limit))
          : Optional.empty();
    } catch (IOException | NumberFormatException _) {
      return Optional.of("no /proc");
    }
  }

  private static Evidence befall(NetworkRound round) throws Exception {
    List<Peer> crowd = new ArrayList<>();
    Running central = round.central("--server-listen-backlog", Integer.toString(BACKLOG));
    long before = Machine.openFiles(central.pid());
    try {
      while (crowd.size() < CROWD) {
        come(round.programs().port(), crowd);
        speak(crowd);
        await()
            .atMost(PATIENCE)
            .until(() -> Machine.openFiles(central.pid()) >= before + crowd.size());
      }
      List<Running> agencies = round.agencies(round.files().size());
      for (Running agency : agencies) {
        agency.await("consulta_ganadores", "success");
      }
      assertThat(Machine.openFiles(central.pid()))
          .as("open while they are there")
          .isGreaterThan(CROWD / 2);
      assertThat(residentBytes(central)).as("memory").isLessThan(RESIDENT_BYTES_MAX);
      leave(crowd);
      await()
          .atMost(PATIENCE)
          .until(() -> Machine.openFiles(central.pid()) <= before + OWN_DESCRIPTORS_MAX);
      NetworkRound.awaitEachConnectionClosed(central);
      return round.evidence(agencies);
    } finally {
      leave(crowd);
    }
  }

  private static void come(int port, List<Peer> crowd)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Peer>> coming =
          Stream.generate(() -> executor.submit(() -> Peer.at(port))).limit(WAVE).toList();
      for (Future<Peer> one : coming) {
        crowd.add(one.get());
      }
    }
  }

  /**
   * The last wave begins to write text, for which there is a minute. Those of the last wave of all
   * say nothing, or a part of Hello: they are closed after ten seconds.
   */
  private static void speak(List<Peer> crowd) throws IOException {
    byte[] hello = Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 0));
    for (int i = crowd.size() - WAVE; i < crowd.size(); i++) {
      if (i < CROWD - WAVE) {
        crowd.get(i).sendWhatItTakes("¿hay alguien".getBytes(StandardCharsets.UTF_8));
      } else if (i % 2 == 0) {
        crowd.get(i).sendWhatItTakes(Arrays.copyOf(hello, 1 + i % (hello.length - 1)));
      }
    }
  }

  private static void leave(List<Peer> crowd) throws IOException {
    for (Peer peer : crowd) {
      peer.close();
    }
  }

  private static long residentBytes(Running central) throws IOException {
    String resident = field(Path.of("/proc/%d/status".formatted(central.pid())), "VmRSS:");
    assertThat(resident).endsWith(" kB");
    return Long.parseLong(resident.replace(" kB", "")) << 10;
  }

  private static String field(Path file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst()
          .orElseThrow(() -> new IOException("%s has no %s".formatted(file, name)));
    }
  }
}
