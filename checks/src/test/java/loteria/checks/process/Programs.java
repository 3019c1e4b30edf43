package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.testing.Command;

/**
 * The programs of one test: a central at a port of its own, and agencies, all in one folder. When
 * it is closed, all of them are killed, and each must have said nothing but log lines.
 */
public final class Programs implements AutoCloseable {
  /** The name of the central's data directory in the folder. */
  public static final String DATA = "data";

  /**
   * Ports below the ones that the kernel gives to clients: nobody takes the port of a central that
   * is down, and no agency that knocks there in the meantime reaches itself.
   */
  private static final int PORT_MIN = 20_000;

  private static final int PORT_MAX = 32_000;
  private static final int PORT_ATTEMPTS_MAX = 100;

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-ea",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:UserThreadWaitAttemptsAtExit=0",
          "-cp",
          System.getProperty("java.class.path"));

  private final Path folder;
  private final int port;
  private final List<Running> started = new ArrayList<>();

  private Programs(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  public static Programs in(Path folder) throws IOException {
    return new Programs(folder, freePort());
  }

  /** A port of a central that is not there yet. */
  public static int freePort() throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < PORT_ATTEMPTS_MAX; attempt++) {
      int port = random.nextInt(PORT_MIN, PORT_MAX);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
        return probe.getLocalPort();
      } catch (IOException _) {
        // Taken; another one.
      }
    }
    throw new IOException("no free port from %d to %d".formatted(PORT_MIN, PORT_MAX));
  }

  public int port() {
    return port;
  }

  /** The central's data directory. */
  public Path data() {
    return folder.resolve(DATA);
  }

  public Path journal() {
    return data().resolve("journal");
  }

  /** The sealed file. */
  public Path bets() {
    return data().resolve("bets.csv");
  }

  /** The file of an agency. */
  public Path file(int agency) {
    return folder.resolve("agency-%d.csv".formatted(agency));
  }

  public void lay(int agency, List<String> rows) throws IOException {
    Files.write(file(agency), rows);
  }

  /** Lays the files of agency 1, 2… */
  public void lay(List<List<String>> agencies) throws IOException {
    for (int k = 1; k <= agencies.size(); k++) {
      lay(k, agencies.get(k - 1));
    }
  }

  /** A central that serves. */
  public Running central(int agencies, String... flags) {
    Running central = startCentral(agencies, flags);
    assertThat(central.await("listen", "success").number("port")).isEqualTo(port);
    return central;
  }

  /** A central that was started, and may or may not come to serve. */
  public Running startCentral(int agencies, String... flags) {
    return start("central", Line.Layout.CENTRAL, centralCommand(agencies, flags), Map.of());
  }

  public Running agency(int id, String... flags) {
    return start("agency " + id, Line.Layout.AGENCY, agencyCommand(id, flags), Map.of());
  }

  /** Programs of agency 1, 2… up to {@code count}. */
  public List<Running> agencies(int count, String... flags) {
    return IntStream.rangeClosed(1, count).mapToObj(k -> agency(k, flags)).toList();
  }

  /** The command line of a central; flags that are given stand for those that it would have. */
  public List<String> centralCommand(int agencies, String... flags) {
    return command(
        "loteria.server.Main",
        List.of(
            List.of("--bind", "127.0.0.1"),
            List.of("--status", "off"),
            List.of("--server-port", Integer.toString(port)),
            List.of("--agencies", Integer.toString(agencies)),
            List.of("--data-directory", data().toString())),
        flags);
  }

  public List<String> agencyCommand(int id, String... flags) {
    return command(
        "loteria.client.Main",
        List.of(
            List.of("--id", Integer.toString(id)),
            List.of("--server-address", "127.0.0.1:" + port),
            List.of("--data", folder.toString())),
        flags);
  }

  /** The command line of the tool for people. */
  public List<String> toolCommand(String... words) {
    return command("loteria.tool.Main", List.of(), words);
  }

  /** The tool for people, in the folder. */
  public Command tool(Object... words) {
    String[] texts = Stream.of(words).map(Object::toString).toArray(String[]::new);
    return Command.of(toolCommand(texts).toArray()).in(folder).with("LC_ALL", "C.UTF-8");
  }

  private static List<String> command(String main, List<List<String>> usual, String... flags) {
    List<String> given = List.of(flags);
    return Stream.of(
            JAVA.stream(),
            Stream.of(main),
            usual.stream().filter(flag -> !given.contains(flag.getFirst())).flatMap(List::stream),
            given.stream())
        .flatMap(words -> words)
        .toList();
  }

  public Running start(
      String name, Line.Layout layout, List<String> command, Map<String, String> environment) {
    Running running = Running.start(name, layout, builder(command, environment));
    started.add(running);
    return running;
  }

  /** A process in the folder, with nothing in its environment but what is given. */
  public ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  public void assertNothingFailed() {
    started.forEach(Running::assertNothingFailed);
  }

  @Override
  public void close() {
    started.forEach(Running::close);
    for (Running running : started) {
      assertThat(running.strays()).as("said beside the log by %s", running).isEmpty();
    }
  }
}
