package loteria.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Where the bench works: a folder on the disk of the project, and the programs. When it is closed,
 * or the bench is told to end, no process and no file of it is left.
 */
public final class Lab implements AutoCloseable {
  private static final List<String> FLOOR_FLAGS = List.of("-XX:+UseSerialGC", "-Xshare:auto");

  private final Plan plan;
  private final Path project;
  private final Path folder;
  private final Queue<Program> started = new ConcurrentLinkedQueue<>();
  private List<String> centralWords = List.of();
  private List<String> agencyWords = List.of();

  private Lab(Plan plan, Path project, Path folder) {
    this.plan = plan;
    this.project = project;
    this.folder = folder;
  }

  /** A laboratory that knows how the launcher of a build starts the programs. */
  public static Lab open(Plan plan, Path project) throws IOException {
    Path disk = plan.disk().orElse(plan.project().resolve("bench/target"));
    Lab lab = new Lab(plan, project, Files.createTempDirectory(disk, "run-"));
    Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "laboratory"));
    lab.learn();
    return lab;
  }

  /**
   * Has the launcher start both programs once, and looks at what it made of it: so they are
   * measured with the very flags with which people run them, and without the shell before them.
   */
  private void learn() throws IOException {
    Path data = folder("learn");
    Files.writeString(data.resolve("agency-1.csv"), "");
    centralWords = List.of(launcher(), "central");
    agencyWords = List.of(launcher(), "agency");
    try (Central central = Central.start(this, data.resolve("data"), 2);
        Program agency = central.agency(1, data, 1)) {
      agency.await("client_id: 1"); // whatever the release calls what it has done
      centralWords = upToMain(central.program().commandLine());
      agencyWords = upToMain(agency.commandLine());
    }
    clear(data);
  }

  private static List<String> upToMain(List<String> words) {
    int main = words.indexOf("loteria.server.Main") + words.indexOf("loteria.client.Main") + 1;
    return List.copyOf(words.subList(0, main + 1));
  }

  /** The project's launcher, a shell script. */
  public String launcher() {
    return project.resolve("loteria").toString();
  }

  public Plan plan() {
    return plan;
  }

  /** A central, by the words that start it and these. */
  Program central(Map<String, String> environment, Object... arguments) throws IOException {
    return start("central", environment, centralWords, arguments);
  }

  /** A real agency, whose file is in a folder. */
  public Program agency(int id, String addresses, Path files, int batchBetsMax) throws IOException {
    List<Object> words = new ArrayList<>(List.of("--id", id, "--server-address", addresses));
    words.addAll(List.of("--data", files, "--batch-max-amount", batchBetsMax));
    return start("agency", Map.of(), agencyWords, words.toArray());
  }

  /** A program of the bench itself, in a JVM of its own. */
  public Program floor(Class<?> program, Object... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLOOR_FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return start(program.getSimpleName(), Map.of(), words, arguments);
  }

  /** Any program, killed with the laboratory if not before. */
  public Program start(
      String name, Map<String, String> environment, List<String> words, Object... arguments)
      throws IOException {
    List<String> all =
        Stream.concat(words.stream(), Stream.of(arguments).map(Object::toString)).toList();
    Program program = Program.start(name, all, environment);
    started.add(program);
    return program;
  }

  /** Runs a command of the launcher to its end, which must be a success. */
  public void loteria(Object... words) throws IOException {
    double _ = run(Program.PATIENCE, launcher(), words);
  }

  /** Runs any command to its end, which must be a success: how many seconds it took. */
  public double run(Duration patience, String command, Object... words) throws IOException {
    try (Program program = start(command, Map.of(), List.of(command), words)) {
      program.awaitSuccess(patience);
      return program.seconds();
    }
  }

  /** A new folder. */
  public Path folder(String name) throws IOException {
    return Files.createTempDirectory(folder, name + "-");
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Kills what still runs and deletes the folder. Idempotent. */
  @Override
  public void close() {
    started.forEach(Program::close);
    try {
      clear(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot delete " + folder, failed);
    }
  }
}
