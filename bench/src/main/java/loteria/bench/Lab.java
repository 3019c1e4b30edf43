package loteria.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
final class Lab implements AutoCloseable {
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

  /** A laboratory that knows how the launcher starts the programs. */
  static Lab open(Plan plan) throws IOException {
    return open(plan, plan.project());
  }

  /** The same, of another build. */
  static Lab open(Plan plan, Path project) throws IOException {
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
    try (Central central = Central.start(this, data.resolve("data"), 2, Central.WINDOW);
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
  String launcher() {
    return project.resolve("loteria").toString();
  }

  Plan plan() {
    return plan;
  }

  /** A central, by the words that start it and these. */
  Program central(Map<String, String> environment, String... arguments) throws IOException {
    return start("central", join(centralWords, arguments), environment);
  }

  /** A central whose JVM is given one flag more. */
  Program centralWith(String flag, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> words = join(centralWords, arguments);
    // Behind those that it may be about: one of them turns all logging off.
    words.add(words.indexOf("-cp"), flag);
    return start("central", words, environment);
  }

  Program agency(String... arguments) throws IOException {
    return start("agency", join(agencyWords, arguments), Map.of());
  }

  /** A program of the bench itself, in a JVM of its own. */
  Program floor(Class<?> program, String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(FLOOR_FLAGS);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return start(program.getSimpleName(), join(words, arguments), Map.of());
  }

  /** Any program, killed with the laboratory if not before. */
  Program start(String name, List<String> words, Map<String, String> environment)
      throws IOException {
    Program program = Program.start(name, words, environment);
    started.add(program);
    return program;
  }

  private static List<String> join(List<String> words, String... arguments) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(arguments));
    return all;
  }

  /** A new folder. */
  Path folder(String name) throws IOException {
    return Files.createTempDirectory(folder, name + "-");
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void clear(Path folder) throws IOException {
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
