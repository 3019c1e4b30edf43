package loteria.checks.mutants;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import loteria.testing.Command;
import loteria.testing.Outcome;

/**
 * A source file compiled with a bug, in front of the project's own classes, and the simulation or a
 * test class run on it in a JVM of its own.
 */
public final class Mutant {
  private static final String CLASS_PATH = System.getProperty("java.class.path", "");
  private static final String HUNT = "loteria.checks.simulation.Hunt";
  private static final String TEST_HUNT = "loteria.checks.mutants.TestHunt";

  private final Path root;
  private final Path folder;

  private Mutant(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** What is as it should be, for comparison; in a folder that is emptied. */
  static Mutant none(Path root, Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder.resolve("classes"));
    return new Mutant(root, folder);
  }

  /** Compiles a source file with a bug, against the project's classes. */
  public static Mutant of(Mutation mutation, Path root, Path folder) throws IOException {
    Mutant mutant = none(root, folder);
    Path source = mutant.source(mutation);
    Path copy =
        Files.createDirectories(folder.resolve("source")).resolve(mutation.file() + ".java");
    Files.writeString(copy, mutation.applyTo(Files.readString(source)));
    mutant.compile(copy, "classes", List.of());
    return mutant;
  }

  /** Where the classes with the bug are. */
  public Path classes() {
    return folder.resolve("classes");
  }

  private Path source(Mutation mutation) throws IOException {
    String name = mutation.file() + ".java";
    try (Stream<Path> files =
        Files.walk(root.resolve(mutation.module()).resolve("src/main/java"))) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("%s is %s".formatted(name, found));
      }
      return found.getFirst();
    }
  }

  private void compile(Path source, String into, List<String> more) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(into));
    List<String> options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-implicit:class"));
    options.addAll(List.of("-cp", CLASS_PATH, "-d", classes.toString()));
    options.addAll(more);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjects(source);
      if (!compiler.getTask(said, files, null, options, null, units).call()) {
        throw new IllegalStateException("the mutant does not compile:\n" + said);
      }
    }
  }

  /**
   * Runs the simulation on it.
   *
   * @return how it was caught: seed, rounds and reason; empty if it survived all of the rounds
   */
  Optional<String> hunt(long firstSeed, int rounds) throws IOException {
    return run(List.of(), HUNT, Long.toString(firstSeed), Integer.toString(rounds));
  }

  /**
   * Runs a test class of a module on it.
   *
   * @return how it was caught, as {@link #hunt} says it; empty if all of its tests pass
   */
  Optional<String> test(String module, String testClass) throws IOException {
    Path tests = root.resolve(module).resolve("src/test/java");
    compile(
        tests.resolve(testClass.replace('.', '/') + ".java"),
        "tests",
        List.of("-sourcepath", tests.toString()));
    return run(
        List.of(folder.resolve("tests"), root.resolve(module).resolve("src/test/resources")),
        TEST_HUNT,
        testClass);
  }

  private Optional<String> run(List<Path> more, String main, String... arguments)
      throws IOException {
    List<String> classPath = new ArrayList<>(List.of(folder.resolve("classes").toString()));
    more.forEach(path -> classPath.add(path.toString()));
    classPath.add(CLASS_PATH);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-Dloteria.root=" + root));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
    command.addAll(List.of(arguments));
    Outcome outcome = Command.of(command.toArray()).run();
    for (String line : outcome.output().lines().toList()) {
      if (line.startsWith("caught ")) {
        return Optional.of(line.substring("caught ".length()));
      }
      if (line.startsWith("survived ") && !line.startsWith("survived 0 ")) {
        return Optional.empty();
      }
    }
    throw new IllegalStateException("it neither passes nor fails: " + outcome);
  }
}
